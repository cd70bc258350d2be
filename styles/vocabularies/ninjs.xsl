<?xml version="1.0" encoding="UTF-8"?>
<!-- ninjs 1 to 3 (IPTC) to the story form. Version 1 has members such as headline and body_xhtml and named associations;
     2 and 3 have lists with roles; 3 writes names as copyrightNotice. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="json.xsl"/>

  <xsl:template match="/">
    <edition><xsl:for-each select="json[uri or headline or headlines or bodies] | json/item[position() &lt;= $items]"><xsl:call-template name="item"/></xsl:for-each></edition>
  </xsl:template>

  <xsl:template name="item">
    <xsl:variable name="decks" select="headlines[contains(role, 'sub') or contains(role, 'deck')]"/>
    <xsl:variable name="heads" select="headlines[not(contains(role, 'sub') or contains(role, 'deck'))] | headline"/>
    <xsl:variable name="leads" select="descriptions[contains(role, 'summary') or contains(role, 'abstract') or contains(role, 'lead')] | description_summary"/>
    <xsl:variable name="own" select="self::*[type = 'picture' or type = 'graphic'][renditions]"/>
    <xsl:variable name="others" select="associations[renditions] | associations/*[renditions]"/>
    <story guid="{uri}" lang="{language}" date="{(versioncreated | versionCreated | firstcreated | firstCreated)[1]}" urgency="{urgency}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="status"><xsl:value-of select="(pubstatus | pubStatus)[1]"/></xsl:attribute>
      <xsl:attribute name="publication"><xsl:value-of select="provider/name"/></xsl:attribute>
      <xsl:if test="embargoed[not(. = 'false')]"><xsl:attribute name="embargo"><xsl:value-of select="embargoed[not(. = 'true')]"/></xsl:attribute></xsl:if>
      <xsl:for-each select="(subject | subjects)[normalize-space(name)]"><keyword><xsl:value-of select="name"/></keyword></xsl:for-each>
      <xsl:for-each select="keywords[not(*)]"><xsl:call-template name="value"><xsl:with-param name="name" select="'keyword'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="$heads[self::headline or contains(role, 'main') or not(../headlines[contains(role, 'main')])][1]"><headline><xsl:call-template name="at"/><xsl:value-of select="n2p:text((value | text())[1])"/></headline></xsl:for-each>
      <xsl:for-each select="title"><xsl:call-template name="value"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="$decks/value"><xsl:call-template name="value"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
      <xsl:if test="not($decks)"><xsl:for-each select="$leads[1]"><deck><xsl:call-template name="at"/><xsl:value-of select="n2p:text((value | text())[1])"/></deck></xsl:for-each></xsl:if>
      <xsl:if test="not($own)"><xsl:for-each select="(by | byline)[1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'byline'"/></xsl:call-template></xsl:for-each></xsl:if>
      <xsl:for-each select="located"><xsl:call-template name="value"><xsl:with-param name="name" select="'dateline'"/></xsl:call-template></xsl:for-each>
      <xsl:call-template name="text"/>
      <xsl:for-each select="$own | $others"><xsl:call-template name="picture"/></xsl:for-each>
      <xsl:for-each select="(copyrightnotice | copyrightNotice)[normalize-space()][1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'copyright'"/></xsl:call-template></xsl:for-each>
      <xsl:if test="not((copyrightnotice | copyrightNotice)[normalize-space()])"><xsl:for-each select="(copyrightholder | copyrightHolder)[normalize-space()][1]"><copyright><xsl:call-template name="at"/>&#169; <xsl:value-of select="normalize-space()"/></copyright></xsl:for-each></xsl:if>
    </story>
  </xsl:template>

  <!-- One story in several forms: HTML before NITF before Markdown before plain text. -->
  <xsl:template name="text">
    <xsl:variable name="html" select="(body_xhtml | body_html | *[starts-with(local-name(), 'body_') and contains(local-name(), 'html')] | bodies[contains(contenttype, 'html') or contains(contentType, 'html')]/value)[normalize-space()]"/>
    <xsl:variable name="markdown" select="(*[starts-with(local-name(), 'body_') and contains(local-name(), 'markdown')] | bodies[contains(contenttype, 'markdown') or contains(contentType, 'markdown')]/value)[normalize-space()]"/>
    <xsl:variable name="nitf" select="(body_nitf | bodies[contains(contenttype, 'nitf') or contains(contentType, 'nitf')]/value)[contains(., '&lt;nitf') or contains(., 'body.content')]"/>
    <xsl:variable name="plain" select="(body_text | bodies[contains(contenttype, 'plain') or contains(contentType, 'plain') or not(contenttype or contentType)]/value)[normalize-space()]"/>
    <xsl:choose>
      <xsl:when test="$html"><xsl:for-each select="$html[1]">
        <xsl:variable name="nodes" select="n2p:html(.)"/>
        <xsl:for-each select="($nodes/descendant-or-self::*[@class = 'kicker' or @class = 'vignette'])[1]"><kicker><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></kicker></xsl:for-each>
        <body><xsl:call-template name="at"/><xsl:apply-templates select="$nodes[not(self::title)]" mode="html"/></body>
      </xsl:for-each></xsl:when>
      <xsl:when test="$nitf"><xsl:for-each select="n2p:xml($nitf[1])">
        <xsl:call-template name="nitf-headline"/><xsl:call-template name="nitf-decks"/><xsl:call-template name="nitf-bylines"/><xsl:call-template name="nitf-body"/>
      </xsl:for-each></xsl:when>
      <xsl:when test="$markdown"><xsl:for-each select="$markdown[1]"><body><xsl:call-template name="at"/><xsl:copy-of select="n2p:markdown(.)"/></body></xsl:for-each></xsl:when>
      <xsl:otherwise><xsl:for-each select="$plain[1]"><body><xsl:call-template name="at"/><xsl:call-template name="blocks"/></body></xsl:for-each></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A picture in the text that is an association too is the association's: its largest rendition, its caption. -->
  <xsl:key name="href" match="renditions/descendant-or-self::*/href" use="."/>
  <xsl:variable name="document" select="/"/>
  <xsl:template match="figure | img" mode="html">
    <xsl:variable name="src" select="(self::img | .//img)[1]/@src"/>
    <xsl:variable name="known"><xsl:for-each select="$document"><xsl:value-of select="count(key('href', $src))"/></xsl:for-each></xsl:variable>
    <xsl:if test="$known = 0"><xsl:element name="{local-name()}"><xsl:call-template name="at"/><xsl:copy-of select="@*[namespace-uri() = '']"/><xsl:apply-templates mode="html"/></xsl:element></xsl:if>
  </xsl:template>
  <!-- What the members say already. -->
  <xsl:template match="div[span[@class = 'vignette' or @class = 'kicker']] | p[@class = 'kicker' or @class = 'vignette'] | title" mode="html"/>

  <!-- The widest rendition that is a picture. -->
  <xsl:template name="picture">
    <xsl:variable name="item" select="."/>
    <xsl:variable name="all" select="renditions[href] | renditions/*[href]"/>
    <xsl:variable name="images" select="$all[starts-with(mimetype, 'image') or starts-with(contenttype, 'image') or starts-with(contentType, 'image') or not(mimetype or contenttype or contentType)]"/>
    <xsl:for-each select="$images"><xsl:sort select="concat('0', width)" data-type="number" order="descending"/><xsl:if test="position() = 1">
      <picture src="{href}" width="{width}" height="{height}"><xsl:call-template name="at"/>
        <xsl:if test="$item/altText or $item/alttext"><xsl:attribute name="alt"><xsl:value-of select="($item/altText | $item/alttext)[1]"/></xsl:attribute></xsl:if>
        <xsl:for-each select="($item/descriptions[contains(role, 'caption')]/value | $item/description_caption | $item/descriptions[not(role) or not(contains(role, 'credit') or contains(role, 'writer'))][not(../descriptions[contains(role, 'caption')])]/value | $item/description_text | $item/description_xhtml[not(../description_text)])[normalize-space()][1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'caption'"/></xsl:call-template></xsl:for-each>
        <xsl:choose>
          <xsl:when test="$item/descriptions[contains(role, 'credit')]"><xsl:for-each select="$item/descriptions[contains(role, 'credit')][1]/value"><xsl:call-template name="value"><xsl:with-param name="name" select="'credit'"/></xsl:call-template></xsl:for-each></xsl:when>
          <xsl:otherwise><xsl:for-each select="($item/creditline | $item/by | $item/byline | $item/copyrightholder)[normalize-space()][1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'credit'"/></xsl:call-template></xsl:for-each></xsl:otherwise>
        </xsl:choose>
      </picture>
    </xsl:if></xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
