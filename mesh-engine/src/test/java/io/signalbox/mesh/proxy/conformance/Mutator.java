package io.signalbox.mesh.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes one to three places of a request: the same seed gives the same bytes. */
final class Mutator {

    private static final byte[] TELLING = Wire.bytes("␍␊␀␋␡ \t:;,\"0159aFx+-/?#%*\u0080ÿ");
    private static final List<byte[]> PHRASES = List.of(
            Wire.bytes("\n"),
            Wire.bytes("\n\n"),
            Wire.bytes("\n "),
            Wire.bytes("0\n\n"),
            Wire.bytes("Content-Length: 5\n"),
            Wire.bytes("Transfer-Encoding: chunked\n"),
            Wire.bytes("Connection: close\n"),
            Wire.bytes("Expect: 100-continue\n"),
            Wire.bytes("GET /smuggled HTTP/1.1\nHost: app\n\n"));

    private final List<byte[]> bases;
    private final RandomGenerator random;

    Mutator(List<byte[]> bases, RandomGenerator random) {
        this.bases = List.copyOf(bases);
        this.random = random;
    }

    byte[] next() {
        byte[] bytes = base();
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(1, 12));
        return switch (random.nextInt(8)) {
            case 0, 1 -> spliced(bytes, at, new byte[] {telling()}, at);
            case 2 -> spliced(bytes, at, new byte[] {telling()}, Math.min(bytes.length, at + 1));
            case 3 -> spliced(bytes, at, new byte[] {(byte) random.nextInt()}, Math.min(bytes.length, at + 1));
            case 4 -> spliced(bytes, at, new byte[0], end);
            case 5 -> spliced(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
            case 6 -> {
                int line = afterLineEnd(bytes, at);
                yield spliced(bytes, line, PHRASES.get(random.nextInt(PHRASES.size())), line);
            }
            default -> spliced(bytes, bytes.length, base(), bytes.length);
        };
    }

    private byte[] base() {
        return bases.get(random.nextInt(bases.size()));
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static int afterLineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private static byte[] spliced(byte[] bytes, int upTo, byte[] middle, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, upTo);
        joined.writeBytes(middle);
        joined.write(bytes, from, bytes.length - from);
        return joined.toByteArray();
    }
}
