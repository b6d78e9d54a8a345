<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by scripts/styles from styles/palettes.csv. -->
<StyledLayerDescriptor version="1.0.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <Name>swi</Name>
    <UserStyle>
      <FeatureTypeStyle>
        <Rule>
          <RasterSymbolizer>
            <ColorMap type="ramp">
              <ColorMapEntry color="#fafcfe" quantity="0" label="0 mm"/>
              <ColorMapEntry color="#d6e8f6" quantity="50" label="50 mm"/>
              <ColorMapEntry color="#92c5de" quantity="100" label="100 mm"/>
              <ColorMapEntry color="#4393c3" quantity="150" label="150 mm"/>
              <ColorMapEntry color="#2166ac" quantity="200" label="200 mm"/>
              <ColorMapEntry color="#541870" quantity="300" label="300 mm"/>
            </ColorMap>
          </RasterSymbolizer>
        </Rule>
      </FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
