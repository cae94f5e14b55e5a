package io.signalbox.console.excerpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.whatif.WhatIf;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NestedTest {

    @Test
    void aListWithinARecordWithinAListIsCut() {
        Object within = new Nested(5, 100).of(List.of(whatIf(100_000), whatIf(2)));

        assertThat(within).isEqualTo(List.of(whatIf(5), whatIf(2)));
    }

    @Test
    void allListsTogetherHoldNoMoreThanThereIsRoomFor() {
        Object within = new Nested(5, 9).of(List.of(whatIf(5), whatIf(5), whatIf(5)));

        assertThat(within).isEqualTo(List.of(whatIf(5), whatIf(2)));
    }

    @Test
    void whatIsShortComesBackAsItIs() {
        List<WhatIf> said = List.of(whatIf(5));
        Optional<WhatIf> one = Optional.of(whatIf(5));

        assertThat(new Nested(5, 100).of(said)).isSameAs(said);
        assertThat(new Nested(5, 100).of(one)).isSameAs(one);
        assertThat(new Nested(5, 100).of(Optional.of(whatIf(6)))).isEqualTo(one);
        assertThat(new Nested(5, 100).of(null)).isNull();
    }

    private static WhatIf whatIf(int notReplayed) {
        return new WhatIf(
                "cart",
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                0,
                1,
                null,
                0,
                List.of(),
                List.of(),
                Collections.nCopies(notReplayed, "mirror"),
                null);
    }
}
