<?xml version="1.0" encoding="UTF-8"?>
<!-- What the sheet of a user's mapping imports: elements of the body keep their names in small letters. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="common.xsl"/>
  <xsl:template match="*" mode="html">
    <xsl:element name="{translate(local-name(), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')}">
      <xsl:call-template name="at"/>
      <xsl:copy-of select="@*[namespace-uri()='']"/>
      <xsl:apply-templates mode="html"/>
    </xsl:element>
  </xsl:template>
  <!-- What a path of the body names. -->
  <xsl:template match="*" mode="whole"><div><xsl:call-template name="at"/><xsl:apply-templates select="." mode="html"/></div></xsl:template>
</xsl:stylesheet>
