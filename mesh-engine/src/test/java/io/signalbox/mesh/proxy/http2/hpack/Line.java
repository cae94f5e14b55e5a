package io.signalbox.mesh.proxy.http2.hpack;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A field of a list, as tests compare it. */
record Line(String name, String value) {

    private static final HexFormat HEX = HexFormat.of();

    /** Lines of {@code name: value}; a pseudo-header field's name begins with a colon. */
    static List<Line> all(String text) {
        return text.lines()
                .map(line -> {
                    int colon = line.indexOf(": ", 1);
                    return new Line(line.substring(0, colon), line.substring(colon + 2));
                })
                .toList();
    }

    static byte[] hex(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    static String hex(HpackOutput out) {
        return HEX.formatHex(out.bytes(), 0, out.length());
    }

    static List<Line> read(HpackDecoder decoder, String hex) throws HpackException {
        return read(decoder, hex(hex));
    }

    static List<Line> read(HpackDecoder decoder, byte[] block) throws HpackException {
        List<Line> lines = new ArrayList<>();
        if (!decoder.decode(block, 0, block.length, (name, value) -> lines.add(new Line(name, value)))) {
            lines.add(new Line("", "the list is too large"));
        }
        return lines;
    }

    static List<Line> read(HpackDecoder decoder, HpackOutput out) throws HpackException {
        List<Line> lines = new ArrayList<>();
        if (!decoder.decode(out.bytes(), 0, out.length(), (name, value) -> lines.add(new Line(name, value)))) {
            lines.add(new Line("", "the list is too large"));
        }
        return lines;
    }

    static void write(HpackEncoder encoder, HpackOutput out, List<Line> lines) {
        out.reset();
        encoder.begin(out);
        for (Line line : lines) {
            encoder.field(out, line.name(), line.value());
        }
    }

    /** What the decoder remembers, newest first: asked for by index, up to the first that is not there. */
    static List<Line> table(HpackDecoder decoder) {
        List<Line> entries = new ArrayList<>();
        HpackOutput ask = new HpackOutput();
        while (true) {
            ask.reset();
            ask.integer(0x80, 0x7f, 62 + entries.size());
            try {
                entries.addAll(read(decoder, ask));
            } catch (HpackException end) {
                return entries;
            }
        }
    }

    int size() {
        return name.length() + value.length() + 32;
    }
}
