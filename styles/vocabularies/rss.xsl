<?xml version="1.0" encoding="UTF-8"?>
<!-- RSS 0.9x, 1.0 (RDF) and 2.0 with the content, media, Dublin Core and Yandex modules, and
     WordPress exports, to the story form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:yandex="http://news.yandex.ru"
                xmlns:wp="http://wordpress.org/export/" xmlns:excerpt="http://wordpress.org/export/excerpt/" exclude-result-prefixes="n2p dc content media yandex wp excerpt">
  <xsl:import href="common.xsl"/>
  <xsl:param name="items" select="1000000000"/>
  <xsl:variable name="channel" select="(//channel)[1]"/>

  <xsl:template match="/">
    <edition title="{n2p:text($channel/title)}" publication="{n2p:text($channel/title)}" lang="{($channel/language | $channel/dc:language)[1]}" copyright="{n2p:text(($channel/copyright | $channel/dc:rights)[1])}">
      <xsl:for-each select="(//item[not(wp:post_type) or wp:post_type = 'post' or wp:post_type = 'page'][not(wp:status = 'draft' or wp:status = 'auto-draft' or wp:status = 'pending' or wp:status = 'private' or wp:status = 'trash')])[position() &lt;= $items]"><xsl:call-template name="item"/></xsl:for-each>
    </edition>
  </xsl:template>

  <!-- Of a WordPress export: published posts and pages; their first picture is an item of its own. -->
  <xsl:key name="attachment" match="item[wp:attachment_url]" use="wp:post_id"/>
  <xsl:key name="login" match="wp:author" use="wp:author_login"/>

  <xsl:template name="item">
    <xsl:variable name="full" select="(content:encoded | yandex:full-text | body)[normalize-space()][1]"/>
    <story guid="{guid}" date="{(pubDate | dc:date)[1]}" section="{n2p:text(category[normalize-space()][1])}" lang="{(@xml:lang | dc:language)[1]}">
      <xsl:call-template name="at"/>
      <xsl:if test="wp:status = 'future'"><xsl:attribute name="embargo"><xsl:value-of select="concat(translate(wp:post_date_gmt, ' ', 'T'), 'Z')"/></xsl:attribute></xsl:if>
      <xsl:for-each select="category[normalize-space()]"><keyword><xsl:value-of select="n2p:text(.)"/></keyword></xsl:for-each>
      <xsl:for-each select="(title | media:title[not(../title)])[normalize-space()][1]"><headline><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></headline></xsl:for-each>
      <xsl:for-each select="excerpt:encoded[normalize-space()]"><deck><xsl:call-template name="at"/><xsl:copy-of select="n2p:html(., 'wordpress')"/></deck></xsl:for-each>
      <xsl:if test="$full"><xsl:for-each select="description[normalize-space()][1]"><deck><xsl:call-template name="at"/><xsl:copy-of select="n2p:html(.)"/></deck></xsl:for-each></xsl:if>
      <!-- A name that is all small letters is a login; an export says whose. -->
      <xsl:choose>
        <xsl:when test="key('login', dc:creator)/wp:author_display_name[. != ../wp:author_login]"><xsl:for-each select="key('login', dc:creator)[1]/wp:author_display_name"><byline><xsl:call-template name="at"/><name><xsl:value-of select="normalize-space()"/></name></byline></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:for-each select="(dc:creator | author | byline)[normalize-space()][translate(normalize-space(), 'abcdefghijklmnopqrstuvwxyz0123456789._-', '') != ''][1]"><byline><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></byline></xsl:for-each></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="key('attachment', wp:postmeta[wp:meta_key = '_thumbnail_id']/wp:meta_value)[1]"><picture src="{wp:attachment_url}"><xsl:call-template name="at"/><xsl:for-each select="excerpt:encoded[normalize-space()]"><caption><xsl:value-of select="n2p:text(.)"/></caption></xsl:for-each></picture></xsl:for-each>
      <xsl:call-template name="pictures"/>
      <xsl:choose>
        <xsl:when test="$full"><xsl:for-each select="$full"><body><xsl:call-template name="at"/>
          <xsl:choose><xsl:when test="*"><xsl:apply-templates mode="html"/></xsl:when><xsl:when test="../wp:post_id"><xsl:copy-of select="n2p:html(., 'wordpress')"/></xsl:when><xsl:otherwise><xsl:copy-of select="n2p:html(., 'shortcodes')"/></xsl:otherwise></xsl:choose>
        </body></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:for-each select="description[normalize-space()][1]"><body><xsl:call-template name="at"/><xsl:copy-of select="n2p:html(.)"/></body></xsl:for-each></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="dc:rights[normalize-space()][1]"><copyright><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></copyright></xsl:for-each>
    </story>
  </xsl:template>

  <!-- media:content before enclosures before thumbnails; of a group the widest. -->
  <xsl:template name="pictures">
    <xsl:variable name="media" select="media:content[@medium = 'image' or starts-with(@type, 'image')] | media:content[not(@medium) and not(@type)][contains(@url, '.jp') or contains(@url, '.png') or contains(@url, '.webp')]"/>
    <xsl:variable name="groups" select="media:group[media:content[@medium = 'image' or starts-with(@type, 'image')]]"/>
    <xsl:variable name="enclosures" select="enclosure[starts-with(@type, 'image')]"/>
    <xsl:for-each select="$groups">
      <xsl:for-each select="media:content[@medium = 'image' or starts-with(@type, 'image')]"><xsl:sort select="concat('0', @width)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:call-template name="picture"/></xsl:if></xsl:for-each>
    </xsl:for-each>
    <xsl:for-each select="$media"><xsl:call-template name="picture"/></xsl:for-each>
    <xsl:choose>
      <xsl:when test="$media or $groups"/>
      <xsl:when test="$enclosures"><xsl:for-each select="$enclosures"><xsl:call-template name="picture"/></xsl:for-each></xsl:when>
      <xsl:otherwise><xsl:for-each select="media:thumbnail[@url][1]"><xsl:call-template name="picture"/></xsl:for-each></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="picture">
    <xsl:variable name="item" select="ancestor::item[1]"/>
    <picture src="{@url}" width="{@width}" height="{@height}"><xsl:call-template name="at"/>
      <xsl:for-each select="(media:description | ../self::media:group/media:description | $item/media:description | media:text)[normalize-space()][1]"><caption><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></caption></xsl:for-each>
      <xsl:for-each select="(media:credit | ../self::media:group/media:credit | $item/media:credit)[normalize-space()][1]"><credit><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></credit></xsl:for-each>
    </picture>
  </xsl:template>
</xsl:stylesheet>
