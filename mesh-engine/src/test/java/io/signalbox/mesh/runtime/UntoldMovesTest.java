package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.controlplane.SidecarDetails.Move;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UntoldMovesTest {

    private final ManualTime time = new ManualTime();
    private final UntoldMoves moves = new UntoldMoves(time, "a");

    @Test
    void whatWasHeardIsNotToldAgain() {
        add("first");
        assertThat(moves.take()).hasSize(1);
        moves.heard();

        assertThat(moves.take()).isEmpty();
    }

    @Test
    void whatWasNotHeardIsToldAgainUnderItsNumberAndBeforeWhatCameSince() {
        add("first");
        assertThat(moves.take()).extracting(Move::number).containsExactly(1L);
        moves.unheard();
        time.advance(Duration.ofSeconds(1));
        add("second");

        assertThat(moves.take()).extracting(Move::number).containsExactly(1L, 2L);
        assertThat(moves.take()).extracting(Move::agoMillis).containsExactly(1_000L, 0L);
    }

    @Test
    void theOldestGiveWayAndAreCounted() {
        for (int i = 0; i < UntoldMoves.MOST; i++) {
            add("move " + i);
        }
        assertThat(moves.take()).hasSize(UntoldMoves.MOST);
        add("one more");
        assertThat(moves.lost()).isZero();

        moves.unheard();

        assertThat(moves.lost()).isEqualTo(1);
        assertThat(moves.take()).extracting(Move::number).startsWith(2L).hasSize(UntoldMoves.MOST);
    }

    private void add(String why) {
        moves.add(new MeshEvent.EndpointReturned(new EdgeId("shop", "catalog"), "shop-1", "catalog-1", why, null));
    }
}
