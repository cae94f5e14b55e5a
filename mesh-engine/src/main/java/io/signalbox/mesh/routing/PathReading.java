package io.signalbox.mesh.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One of the ways in which applications are known to read a path, beside the one form in which routing compares them.
 *
 * <p>Whatever the way, letters are compared without case, and dots and blanks at a segment's end and slashes at the path's
 * end make no difference.
 *
 * @param again whether what is still encoded after the first decoding is decoded once more, and again, in every notation
 * @param slashes what becomes of an encoded slash, and of a backslash of either kind
 * @param parameters whether what follows a semicolon in a segment is left out
 * @param ends whether what follows a NUL, a question mark or a number sign is left out
 * @param dots what becomes of {@code ..}
 */
record PathReading(boolean again, Slashes slashes, boolean parameters, boolean ends, Dots dots) {

    /** Every one. */
    static final List<PathReading> ALL = all();

    private static final int DECODED_AT_MOST = 6;

    private static final List<String> ENDS = List.of("%00", "?", "#", "%3f", "%23");

    /** What becomes of slashes that are written otherwise. */
    enum Slashes {
        /** They are letters like others. */
        LETTERS,
        /** They part segments. */
        PART,
        /** They part segments once the dots are resolved. */
        PART_LATE
    }

    /** What becomes of dot segments beside empty ones. */
    enum Dots {
        /** Empty segments go first, then dots are resolved. */
        AMONG_SEGMENTS,
        /** Dots are resolved first, an empty segment counting as one (RFC 3986, 5.2.4). */
        AMONG_ALL,
        /** They are names like others. */
        NAMES
    }

    private static List<PathReading> all() {
        List<PathReading> all = new ArrayList<>();
        for (Dots dots : Dots.values()) {
            for (Slashes slashes : Slashes.values()) {
                for (int bits = 0; bits < 8; bits++) {
                    all.add(new PathReading((bits & 1) != 0, slashes, (bits & 2) != 0, (bits & 4) != 0, dots));
                }
            }
        }
        return List.copyOf(all);
    }

    /** Whether every way of reading that path gives the same, but for capitals, as nearly always. */
    static boolean isPlain(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean joins = c == '/' && (before == '/' || before == '.');
            boolean dotted = c == '.' && before == '/';
            if (c == '%' || c == ';' || c == '\\' || c == '#' || c == '?' || c <= ' ' || c > '~' || joins || dotted) {
                return false;
            }
            before = c;
        }
        return before != '.' && (before != '/' || path.length() == 1);
    }

    /** The path as this way reads it; the same text for whatever it takes for the same. */
    String of(String path) {
        String text = decoded(path, Pass.FIRST);
        if (again) {
            for (int i = 1; i < DECODED_AT_MOST && text.indexOf('%') >= 0; i++) {
                text = decoded(text, Pass.LATER);
            }
        }
        text = (ends ? ended(text) : text).toLowerCase(Locale.ROOT);
        return switch (slashes) {
            case LETTERS -> joined(text);
            case PART -> joined(parted(text));
            case PART_LATE -> withoutEmpty(parted(joined(text)));
        };
    }

    private static String parted(String text) {
        return text.replace("%2f", "/").replace("%5c", "/").replace('\\', '/');
    }

    private static String withoutEmpty(String text) {
        return "/"
                + Arrays.stream(text.split("/", -1))
                        .filter(segment -> !segment.isEmpty())
                        .collect(Collectors.joining("/"));
    }

    /** A segment of a template, as this way reads it. */
    String ofSegment(String segment) {
        return of("/" + segment).substring(1);
    }

    /** Which decoding: the one that every application does, or one that some add. */
    private enum Pass {
        FIRST,
        LATER
    }

    private String decoded(String path, Pass pass) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int wide = again ? LooseCharacter.at(bytes, i) : -1;
            int encoded = bytes[i] == '%' ? RequestPath.hexPair(bytes, i + 1) : -1;
            if (wide >= 0) {
                append(text, wide, pass);
                i += LooseCharacter.length(bytes, i);
            } else if (encoded >= 0) {
                append(text, encoded, pass);
                i += 3;
            } else if (bytes[i] > '~' || bytes[i] <= ' ') {
                encode(text, bytes[i] & 0xff);
                i++;
            } else {
                text.append((char) bytes[i]);
                i++;
            }
        }
        return text.toString();
    }

    /** What parts or ends a path stays encoded: what becomes of it is each reading's own affair. */
    private static void append(StringBuilder text, int octet, Pass pass) {
        boolean stays = octet > '~'
                || octet <= ' '
                || octet == '/'
                || octet == '\\'
                || (pass == Pass.FIRST && (octet == '%' || octet == '?' || octet == '#'));
        if (stays) {
            encode(text, octet);
        } else {
            text.append((char) octet);
        }
    }

    private static void encode(StringBuilder text, int octet) {
        text.append('%').append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
    }

    /** Up to what many take for the end. */
    private static String ended(String text) {
        int end = text.length();
        for (String mark : ENDS) {
            int at = text.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return text.substring(0, end);
    }

    private String joined(String text) {
        List<String> segments = new ArrayList<>();
        for (String written : text.split("/", -1)) {
            int parameter = parameters ? written.indexOf(';') : -1;
            String segment = withoutBlanks(parameter < 0 ? written : written.substring(0, parameter));
            boolean up = segment.equals("..");
            if (up && dots != Dots.NAMES) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (up) {
                segments.add(segment);
            } else if (!segment.equals(".")) {
                String name = withoutDots(segment);
                if (!name.isEmpty() || (dots == Dots.AMONG_ALL && !segments.isEmpty())) {
                    segments.add(name);
                }
            }
        }
        segments.removeIf(String::isEmpty);
        return "/" + String.join("/", segments);
    }

    private static String withoutBlanks(String segment) {
        int end = segment.length();
        while (segment.startsWith("%20", end - 3) || segment.startsWith("%09", end - 3)) {
            end -= 3;
        }
        return segment.substring(0, end);
    }

    private static String withoutDots(String segment) {
        int end = segment.length();
        while (end > 0 && segment.charAt(end - 1) == '.') {
            end--;
        }
        return end == segment.length() ? segment : withoutBlanks(segment.substring(0, end));
    }
}
