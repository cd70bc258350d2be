<?xml version="1.0" encoding="UTF-8"?>
<!-- Apple News Format to the story form: the components in order, however deep they nest, by their roles. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="json.xsl"/>

  <xsl:template match="/json">
    <xsl:variable name="all" select="components/descendant-or-self::components"/>
    <xsl:variable name="bylines" select="$all[role = 'byline' or role = 'author']"/>
    <edition><story guid="{identifier}" lang="{language}" date="{(metadata/datePublished | metadata/dateCreated)[1]}" updated="{metadata/dateModified}">
      <xsl:call-template name="at"/>
      <xsl:for-each select="metadata/keywords"><xsl:call-template name="value"><xsl:with-param name="name" select="'keyword'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="$all[role = 'title']/text"><xsl:call-template name="inline"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="title"><xsl:call-template name="value"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="$all[role = 'intro']/text"><xsl:call-template name="inline"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
      <xsl:if test="not($all[role = 'intro'])"><xsl:for-each select="subtitle"><xsl:call-template name="value"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each></xsl:if>
      <xsl:for-each select="$bylines/text"><xsl:call-template name="inline"><xsl:with-param name="name" select="'byline'"/></xsl:call-template></xsl:for-each>
      <xsl:if test="not($bylines)"><xsl:for-each select="metadata/authors"><byline><xsl:call-template name="at"/><name><xsl:value-of select="normalize-space()"/></name></byline></xsl:for-each></xsl:if>
      <body><xsl:call-template name="at"/><xsl:apply-templates select="components" mode="component"/></body>
    </story></edition>
  </xsl:template>

  <!-- Text as its format says; without one it is plain. -->
  <xsl:template name="formatted">
    <xsl:choose>
      <xsl:when test="../format = 'html'"><xsl:copy-of select="n2p:html(.)"/></xsl:when>
      <xsl:when test="../format = 'markdown'"><xsl:copy-of select="n2p:markdown(.)"/></xsl:when>
      <xsl:otherwise><xsl:copy-of select="n2p:lines(.)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="inline">
    <xsl:param name="name"/>
    <xsl:element name="{$name}"><xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="../format = 'html'"><xsl:value-of select="n2p:text(.)"/></xsl:when>
        <xsl:when test="../format = 'markdown'"><xsl:for-each select="n2p:markdown(.)"><xsl:value-of select="normalize-space()"/></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <xsl:template match="components" mode="component">
    <xsl:variable name="style" select="style[not(*)]"/>
    <!-- A container's or the header's background can be the article's picture. -->
    <xsl:for-each select="(style/fill | /json/componentStyles/*[local-name() = $style or @key = $style]/fill)[type = 'image' or type = 'repeatable_image'][URL][1]"><xsl:call-template name="figure"/></xsl:for-each>
    <xsl:choose>
      <xsl:when test="role = 'title' or role = 'intro' or role = 'byline' or role = 'author' or role = 'divider' or contains(role, 'advertisement')"/>
      <xsl:when test="role = 'heading' or role = 'heading1' or role = 'heading2'"><xsl:for-each select="text"><xsl:call-template name="inline"><xsl:with-param name="name" select="'h2'"/></xsl:call-template></xsl:for-each></xsl:when>
      <xsl:when test="starts-with(role, 'heading')"><xsl:for-each select="text"><xsl:call-template name="inline"><xsl:with-param name="name" select="'h3'"/></xsl:call-template></xsl:for-each></xsl:when>
      <!-- Of a picture, if they stand behind it: its figure has them. -->
      <xsl:when test="(role = 'caption' and preceding-sibling::components[1][not(caption)][URL and (role = 'photo' or role = 'image' or role = 'figure' or role = 'portrait')]) or
                      ((role = 'photographer' or role = 'illustrator') and preceding-sibling::components[1][URL and (role = 'photo' or role = 'image' or role = 'figure' or role = 'portrait')])"/>
      <xsl:when test="role = 'datatable' and data/records"><xsl:for-each select="data"><xsl:call-template name="records"/></xsl:for-each></xsl:when>
      <xsl:when test="caption and (contains(role, 'video') or role = 'audio' or role = 'music')"><!-- no picture: news2pdf says what is left out -->
        <figure><xsl:call-template name="at"/><xsl:for-each select="(caption/text | caption[not(*)])[1]"><figcaption><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></figcaption></xsl:for-each></figure>
      </xsl:when>
      <xsl:when test="role = 'quote' or role = 'pullquote'"><blockquote><xsl:call-template name="at"/><xsl:for-each select="text"><xsl:call-template name="formatted"/></xsl:for-each></blockquote></xsl:when>
      <xsl:when test="role = 'htmltable'"><xsl:copy-of select="n2p:html(html)"/></xsl:when>
      <xsl:when test="URL and (role = 'photo' or role = 'image' or role = 'figure' or role = 'portrait')"><xsl:call-template name="figure"/></xsl:when>
      <xsl:when test="items"><xsl:for-each select="items[URL]"><xsl:call-template name="figure"/></xsl:for-each></xsl:when>
      <xsl:when test="text[not(*)]"><xsl:for-each select="text"><xsl:call-template name="formatted"/></xsl:for-each></xsl:when>
    </xsl:choose>
    <xsl:apply-templates select="components" mode="component"/>
  </xsl:template>

  <!-- Each descriptor is a column, each record a row; a value is a text, or an object that has one. -->
  <xsl:template name="records">
    <xsl:variable name="columns" select="descriptors"/>
    <table><xsl:call-template name="at"/>
      <thead><tr><xsl:for-each select="$columns"><th><xsl:call-template name="at"/><xsl:value-of select="n2p:text((label/text | label[not(*)])[1])"/></th></xsl:for-each></tr></thead>
      <tbody><xsl:for-each select="records"><xsl:variable name="record" select="."/>
        <tr><xsl:call-template name="at"/><xsl:for-each select="$columns"><xsl:variable name="key" select="key"/>
          <xsl:for-each select="$record/*[local-name() = $key or @key = $key][1]"><td><xsl:call-template name="at"/><xsl:value-of select="n2p:text((text | self::*[not(*)])[1])"/></td></xsl:for-each>
          <xsl:if test="not($record/*[local-name() = $key or @key = $key])"><td/></xsl:if>
        </xsl:for-each></tr>
      </xsl:for-each></tbody>
    </table>
  </xsl:template>

  <!-- With its own caption, or that of a component straight behind it. -->
  <xsl:template name="figure">
    <xsl:variable name="next" select="self::components/following-sibling::components[1][role = 'caption' or role = 'photographer' or role = 'illustrator']"/>
    <figure><xsl:call-template name="at"/>
      <img alt="{accessibilityCaption}"><xsl:call-template name="at"/><xsl:attribute name="src"><xsl:choose><xsl:when test="starts-with(URL, 'bundle://')"><xsl:value-of select="substring-after(URL, 'bundle://')"/></xsl:when><xsl:otherwise><xsl:value-of select="URL"/></xsl:otherwise></xsl:choose></xsl:attribute></img>
      <xsl:for-each select="(caption/text | caption[not(*)] | $next[role = 'caption']/text)[1]"><figcaption><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></figcaption></xsl:for-each>
      <xsl:for-each select="$next[role != 'caption']/text"><cite><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></cite></xsl:for-each>
    </figure>
  </xsl:template>
</xsl:stylesheet>
