<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by scripts/styles from styles/palettes.csv. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <Name>anomaly</Name>
    <UserStyle>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#ffffff" quantity="0" label="0"/>
              <ColorMapEntry color="#fffabe" quantity="0.2" label="0.2"/>
              <ColorMapEntry color="#fed95a" quantity="0.4" label="0.4"/>
              <ColorMapEntry color="#f46d2d" quantity="0.6" label="0.6"/>
              <ColorMapEntry color="#be143c" quantity="0.8" label="0.8"/>
              <ColorMapEntry color="#540058" quantity="1" label="1"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
