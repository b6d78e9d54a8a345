// Made by scripts/styles from styles/layout.qpt: change that layout in QGIS, not this file.

extension LayoutTemplate {
  static let programText = #"""
    <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
    <Layout name="A4 landscape" units="mm" printResolution="200" worldFileMap="">
     <PageCollection>
      <symbol type="fill" name="" alpha="1" clip_to_extent="1" force_rhr="0">
       <layer class="SimpleFill" enabled="1" locked="0" pass="0">
        <prop k="color" v="255,255,255,255"/>
        <prop k="style" v="solid"/>
        <prop k="outline_style" v="no"/>
        <Option type="Map">
         <Option type="QString" name="color" value="255,255,255,255"/>
         <Option type="QString" name="style" value="solid"/>
         <Option type="QString" name="outline_style" value="no"/>
        </Option>
       </layer>
      </symbol>
      <LayoutItem type="65638" position="0,0,mm" positionOnPage="0,0,mm" size="297.00,210.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" background="true">
       <FrameColor red="28" green="30" blue="34" alpha="255"/>
       <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
       <symbol type="fill" name="" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
         <prop k="color" v="255,255,255,255"/>
         <prop k="style" v="solid"/>
         <prop k="outline_style" v="no"/>
         <Option type="Map">
          <Option type="QString" name="color" value="255,255,255,255"/>
          <Option type="QString" name="style" value="solid"/>
          <Option type="QString" name="outline_style" value="no"/>
         </Option>
        </layer>
       </symbol>
      </LayoutItem>
      <GuideCollection visible="1"/>
     </PageCollection>
     <LayoutItem type="65639" position="10,24,mm" positionOnPage="10,24,mm" size="195.00,160.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" uuid="{5f6d7061-6d61-7000-0000-000000000001}" templateUuid="{5f6d7061-6d61-7000-0000-000000000001}" frame="true" background="true" followPreset="false" keepLayerSet="false" mapRotation="0">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <Extent xmin="122.900000" ymin="24.025000" xmax="154.025000" ymax="45.583333"/>
     </LayoutItem>
     <LayoutItem type="65641" position="10,6,mm" positionOnPage="10,6,mm" size="277.00,10.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" labelText="[% @lsmap_title %]" htmlState="0" halign="1" valign="32">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <LabelFont description="DejaVu Sans,15,-1,5,50,0,0,0,0,0" style=""/>
      <FontColor red="28" green="30" blue="34" alpha="255"/>
     </LayoutItem>
     <LayoutItem type="65641" position="10,15,mm" positionOnPage="10,15,mm" size="277.00,8.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" labelText="[% @lsmap_hours %]. [% @lsmap_model %]" htmlState="0" halign="1" valign="32">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <LabelFont description="DejaVu Sans,8,-1,5,50,0,0,0,0,0" style=""/>
      <FontColor red="28" green="30" blue="34" alpha="255"/>
     </LayoutItem>
     <LayoutItem type="65642" position="208,24,mm" positionOnPage="208,24,mm" size="80.00,120.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" title="" map_uuid="{5f6d7061-6d61-7000-0000-000000000001}" resizeToContents="1" legendFilterByAtlas="0" columnCount="1" symbolWidth="6" symbolHeight="3.5" lineSpacing="1" boxSpace="1" wrapChar="@" background="true">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <styles>
       <style name="title" alignment="1" indent="0" marginTop="1.5">
        <styleFont description="DejaVu Sans,11,-1,5,50,0,0,0,0,0" style=""/>
       </style>
       <style name="group" alignment="1" indent="0" marginTop="1.5">
        <styleFont description="DejaVu Sans,9,-1,5,50,0,0,0,0,0" style=""/>
       </style>
       <style name="subgroup" alignment="1" indent="0" marginTop="1.5">
        <styleFont description="DejaVu Sans,8,-1,5,50,0,0,0,0,0" style=""/>
       </style>
       <style name="symbol" alignment="1" indent="0" marginTop="1.5">
        <styleFont description="DejaVu Sans,7,-1,5,50,0,0,0,0,0" style=""/>
       </style>
       <style name="symbolLabel" alignment="1" indent="0" marginTop="1.5">
        <styleFont description="DejaVu Sans,7,-1,5,50,0,0,0,0,0" style=""/>
       </style>
      </styles>
      <layer-tree-group>
       <customproperties/>
      </layer-tree-group>
     </LayoutItem>
     <LayoutItem type="65646" position="208,172,mm" positionOnPage="208,172,mm" size="60.00,14.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" mapUuid="{5f6d7061-6d61-7000-0000-000000000001}" style="Single Box" unitType="km" unitLabel="km" numMapUnitsPerScaleBarUnit="1" numUnitsPerSegment="25.00" numSegments="2" numSegmentsLeft="0" segmentSizeMode="0" height="2" boxContentSpace="1" labelBarSpace="1">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <text-style fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="28,30,34,255" textOpacity="1" namedStyle=""/>
     </LayoutItem>
     <LayoutItem type="65640" position="272,172,mm" positionOnPage="272,172,mm" size="14.00,14.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" file=":/images/north_arrows/layout_default_north_arrow.svg" mode="0">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
     </LayoutItem>
     <LayoutItem type="65641" position="10,188,mm" positionOnPage="10,188,mm" size="277.00,6.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" labelText="[% @lsmap_notice_en %]" htmlState="0" halign="1" valign="32">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <LabelFont description="DejaVu Sans,8,-1,5,50,0,0,0,0,0" style=""/>
      <FontColor red="28" green="30" blue="34" alpha="255"/>
     </LayoutItem>
     <LayoutItem type="65641" position="10,194,mm" positionOnPage="10,194,mm" size="277.00,6.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" labelText="[% @lsmap_notice_ja %]" htmlState="0" halign="1" valign="32">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <LabelFont description="DejaVu Sans,8,-1,5,50,0,0,0,0,0" style=""/>
      <FontColor red="28" green="30" blue="34" alpha="255"/>
     </LayoutItem>
     <LayoutItem type="65641" position="208,110,mm" positionOnPage="208,110,mm" size="80.00,60.00,mm" visibility="1" referencePoint="0" itemRotation="0" opacity="1" blendMode="0" outlineWidthM="0.3,mm" labelText="[% @lsmap_sources %] [% @lsmap_notes %]" htmlState="0" halign="1" valign="32">
      <FrameColor red="28" green="30" blue="34" alpha="255"/>
      <BackgroundColor red="255" green="255" blue="255" alpha="255"/>
      <LabelFont description="DejaVu Sans,6,-1,5,50,0,0,0,0,0" style=""/>
      <FontColor red="28" green="30" blue="34" alpha="255"/>
     </LayoutItem>
    </Layout>
    """#
}
