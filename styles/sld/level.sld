<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by scripts/styles from styles/palettes.csv. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <Name>level</Name>
    <UserStyle>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="values">
              <ColorMapEntry color="#ececda" quantity="1" label="Level 1"/>
              <ColorMapEntry color="#f2e700" quantity="2" label="Level 2"/>
              <ColorMapEntry color="#ff2800" quantity="3" label="Level 3"/>
              <ColorMapEntry color="#aa00aa" quantity="4" label="Level 4"/>
              <ColorMapEntry color="#0c000c" quantity="5" label="Level 5"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
