# news2pdf: `make` builds build/news2pdf.
CC ?= gcc
BUILD ?= build
PACKAGES = libxml-2.0 libxslt libexslt gumbo jansson harfbuzz harfbuzz-subset icu-uc icu-i18n libpng libjpeg fontconfig libdeflate zlib
CFLAGS ?= -O2 -g
CPPFLAGS += -Isrc -I$(BUILD) $(shell pkg-config --cflags $(PACKAGES))
WARNINGS = -std=c17 -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Werror
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lhpdf -lm -lpthread
SOURCES = $(wildcard src/*/*.c)
OBJECTS = $(SOURCES:src/%.c=$(BUILD)/obj/%.o)

all: $(BUILD)/news2pdf

$(BUILD)/news2pdf: $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) -fPIC -MMD -MP -c -o $@ $<

-include $(OBJECTS:.o=.d)
clean:
	rm -rf $(BUILD)
.PHONY: all clean
