package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.ZonePreference;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneSpillTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        10, 10, 70,  1.0
        7,  10, 70,  1.0
        6,  10, 70,  0.857
        1,  10, 70,  0.143
        0,  10, 70,  0.0
        2,  3,  100, 0.667
        1,  2,  50,  1.0
        """)
    void allStayWhileEnoughIsUsableAndOfLessInProportion(int usable, int all, int spillBelow, double share) {
        assertThat(ZoneSpill.staying(usable, all, new ZonePreference(spillBelow)))
                .isCloseTo(share, within(0.001));
    }

    @Test
    void aKeyStaysOrGoesEachTimeAlikeAndAllOfThemByTheShare() {
        SplittableRandom random = new SplittableRandom(41);
        int stayed = 0;
        for (int i = 0; i < 100_000; i++) {
            long key = random.nextLong() | 1;
            boolean stays = ZoneSpill.stays(0.4, key, random);
            assertThat(ZoneSpill.stays(0.4, key, random)).isEqualTo(stays);
            assertThat(stays && !ZoneSpill.stays(0.5, key, random)).isFalse();
            stayed += stays ? 1 : 0;
        }

        assertThat(stayed).isBetween(39_490, 40_510);
    }

    @Test
    void withoutAKeyTheDrawIsRandom() {
        SplittableRandom random = new SplittableRandom(43);
        int stayed = 0;
        for (int i = 0; i < 100_000; i++) {
            stayed += ZoneSpill.stays(0.4, RequestKey.NONE, random) ? 1 : 0;
        }

        assertThat(stayed).isBetween(39_490, 40_510);
    }
}
