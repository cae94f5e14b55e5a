package io.signalbox.mesh.proxy.http2.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded random lists through a pair, and seeded random octets at a decoder. */
class HpackRoundTripTest {

    private static final int LIMIT = 1 << 20;

    private final HpackOutput out = new HpackOutput();

    @Test
    void everyListComesOutAsItWentInWhileTableSizesChange() throws HpackException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RandomLists lists = new RandomLists(random);
            HpackEncoder encoder = new HpackEncoder(tableSize(random));
            HpackDecoder decoder = new HpackDecoder(65_536, LIMIT);
            for (int i = 0; i < 500; i++) {
                for (int changes = random.nextInt(12) - 9; changes > 0; changes--) {
                    encoder.peerTableSize(tableSize(random));
                }
                List<Line> list = lists.next();
                Line.write(encoder, out, list);
                assertThat(Line.read(decoder, out))
                        .as("list %d of seed %d", i, seed)
                        .isEqualTo(list);
            }
        }
    }

    @Test
    void everyStringOfAnyOctetsComesOutAsItWentIn() throws HpackException {
        Random random = new Random(7541);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            assertThat(decoded(octets)).as("string %d", i).isEqualTo(octets);
        }
        for (int one = 0; one < 256; one++) {
            for (int length = 1; length < 20; length++) {
                byte[] octets = new byte[length];
                Arrays.fill(octets, (byte) one);
                assertThat(decoded(octets)).isEqualTo(octets);
            }
        }
    }

    @Test
    void hostileOctetsGiveAListOrAnHpackExceptionAndNothingElse() {
        Random random = new Random(7541);
        int lists = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            HpackDecoder decoder = new HpackDecoder(4096, 200 + random.nextInt(4000));
            for (int blocks = 0; blocks < 20; blocks++) {
                if (isRead(decoder, hostile(random))) {
                    lists++;
                } else {
                    refused++; // and goes on: a decoder must stay harmless even then
                }
            }
        }
        assertThat(lists).isGreaterThan(10_000);
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void goodBlocksWithAFewOctetsChangedAreHarmlessToo() {
        Random random = new Random(9113);
        RandomLists lists = new RandomLists(random);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            HpackEncoder encoder = new HpackEncoder(4096);
            HpackDecoder decoder = new HpackDecoder(4096, 8192);
            for (int blocks = 0; blocks < 10; blocks++) {
                Line.write(encoder, out, lists.next());
                byte[] block = Arrays.copyOf(out.bytes(), out.length());
                for (int changes = random.nextInt(3); changes > 0 && block.length > 0; changes--) {
                    block[random.nextInt(block.length)] = (byte) random.nextInt();
                }
                refused += isRead(decoder, block) ? 0 : 1;
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    /** Whether it is a list; anything but an HpackException fails the test. */
    private static boolean isRead(HpackDecoder decoder, byte[] block) {
        List<Line> lines = new ArrayList<>();
        try {
            decoder.decode(block, 0, block.length, (name, value) -> lines.add(new Line(name, value)));
        } catch (HpackException refused) {
            return false;
        }
        assertThat(lines).allSatisfy(line -> assertThat(line.size()).isLessThanOrEqualTo(8192));
        return true;
    }

    private static byte[] hostile(Random random) {
        byte[] block = new byte[random.nextInt(24)];
        random.nextBytes(block);
        if (block.length > 3 && random.nextInt(3) == 0) {
            // A string of random octets that is all there: most others end too early.
            block[0] = (byte) (random.nextBoolean() ? 0x04 : 0x44);
            block[1] = (byte) (0x80 | (block.length - 2));
        }
        return block;
    }

    private byte[] decoded(byte[] octets) throws HpackException {
        int size = HuffmanWriter.size(octets, 0, octets.length);
        byte[] wide = new byte[size + octets.length];
        System.arraycopy(octets, 0, wide, size, octets.length);
        HuffmanWriter.write(wide, size, wide.length, 0);
        byte[] into = new byte[HuffmanReader.room(size)];
        return Arrays.copyOf(into, HuffmanReader.read(wide, 0, size, into));
    }

    private static int tableSize(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(300);
            case 2 -> random.nextInt(4097);
            default -> random.nextInt(20_000);
        };
    }
}
