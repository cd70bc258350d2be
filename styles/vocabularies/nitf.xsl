<?xml version="1.0" encoding="UTF-8"?>
<!-- NITF 3.x to the story form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="nitf-parts.xsl"/>

  <xsl:template match="/nitf">
    <xsl:variable name="doc" select="head/docdata"/>
    <edition publication="{head/pubdata/@name}" name="{head/pubdata/@edition.name}" number="{head/pubdata/@number}">
      <story guid="{$doc/doc-id/@id-string}" urgency="{($doc/urgency/@ed-urg | head/urgency/@ed-urg)[1]}" status="{$doc/@management-status}" section="{head/pubdata/@position.section}"
             date="{($doc/date.issue/@norm | $doc/date.release/@norm | head/pubdata/@date.publication)[1]}">
        <xsl:call-template name="at"/>
        <xsl:attribute name="lang"><xsl:value-of select="(@baselang | @xml:lang | body/@lang | body/@xml:lang)[1]"/></xsl:attribute>
        <xsl:if test="$doc/@management-status = 'embargoed' and $doc/date.release/@norm"><xsl:attribute name="embargo"><xsl:value-of select="$doc/date.release/@norm"/></xsl:attribute></xsl:if>
        <xsl:if test="$doc/@management-idref-status != '' and $doc/@management-status != 'canceled'"><xsl:attribute name="correction"><xsl:value-of select="$doc/@management-idref-status"/></xsl:attribute></xsl:if>
        <xsl:for-each select="$doc/key-list/keyword"><keyword><xsl:choose><xsl:when test="@key"><xsl:value-of select="@key"/></xsl:when><xsl:otherwise><xsl:value-of select="."/></xsl:otherwise></xsl:choose></keyword></xsl:for-each>
        <xsl:call-template name="nitf-headline"/>
        <xsl:call-template name="nitf-decks"/>
        <xsl:call-template name="nitf-bylines"/>
        <xsl:call-template name="nitf-datelines"/>
        <xsl:call-template name="nitf-body"/>
        <xsl:call-template name="nitf-copyright"/>
      </story>
    </edition>
  </xsl:template>
</xsl:stylesheet>
