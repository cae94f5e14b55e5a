package io.signalbox.console.topology.paint;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.Box;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignPlanTest {

    private static final GraphScene.FindMode FIND = GraphScene.FindMode.FIND;

    private final Staged staged = Staged.of(SnapshotFixtures.paymentOpen());

    @Test
    void wordsCrossNoCardNoLineAndNoOtherSign() {
        List<Sign> signs = signs(1, selected("storefront->cart"), GraphScene.Extra.LABELS);
        List<Sign.Words> words = words(signs);
        assertThat(words).isNotEmpty();
        for (Sign.Words label : words) {
            assertThat(staged.layout().boxes().values()).noneMatch(box -> box.intersects(label.place()));
            assertThat(staged.routes().values()).noneMatch(route -> route.crosses(label.place()));
            assertThat(signs)
                    .filteredOn(other -> !other.equals(label) && !(other instanceof Sign.Light))
                    .noneMatch(other -> other.place().intersects(label.place()));
        }
    }

    @Test
    void sharesRefusalsAndTheSelectedEdgesFiguresAreLabels() {
        List<Sign.Words> words = words(signs(1, selected("storefront->cart"), GraphScene.Extra.LABELS));
        assertThat(words).extracting(Sign.Words::tone).contains(Sign.Tone.SHARE, Sign.Tone.CANDIDATE_SHARE);
        assertThat(words)
                .extracting(label -> label.text().replace('\u00a0', ' '))
                .contains("70 %", "30 %");
        assertThat(words(signs(1, Selection.nothing(), GraphScene.Extra.LABELS)))
                .noneMatch(label -> label.tone() == Sign.Tone.FIGURES);
        assertThat(words(signs(1, Selection.nothing()))).isEmpty();
    }

    @Test
    void openAndHalfOpenBreakersHaveAPillAndForcedOnesALamp() {
        List<Sign> signs = signs(1, Selection.nothing());
        assertThat(signs)
                .filteredOn(Sign.Pill.class::isInstance)
                .extracting(sign -> ((Sign.Pill) sign).edge().id().toString())
                .containsExactlyInAnyOrder("checkout->payment", "checkout->mailer");
        assertThat(lamps(signs)).containsExactly(BreakerState.FORCED_OPEN);
        assertThat(lamps(signs(1, Selection.nothing(), GraphScene.Extra.CLOSED_BREAKERS)))
                .contains(BreakerState.CLOSED);
    }

    @Test
    void fromAfarThereAreNoSigns() {
        assertThat(signs(0.49, selected("storefront->cart"), GraphScene.Extra.LABELS))
                .isEmpty();
        assertThat(signs(0.5, Selection.nothing())).isNotEmpty();
    }

    @Test
    void anOpenPillCountsDownAndAHalfOpenOneCountsTrials() {
        Fx.run(() -> {
            Ink ink = Staged.ink(1);
            var open = staged.edge("checkout->payment").breaker();
            assertThat(PillPainter.word(ink, open)).isEqualTo("Open");
            assertThat(PillPainter.figures(ink, open, SnapshotFixtures.AT)).isEqualTo("0:37");
            assertThat(PillPainter.figures(ink, open, SnapshotFixtures.AT.plusSeconds(30)))
                    .isEqualTo("0:07");
            var trial = staged.edge("checkout->mailer").breaker();
            assertThat(PillPainter.word(ink, trial)).isEmpty();
            assertThat(PillPainter.figures(ink, trial, SnapshotFixtures.AT)).isEqualTo("1/" + trial.trialLimit());
            var forced = staged.edge("payment->bank").breaker();
            assertThat(PillPainter.figures(ink, forced, SnapshotFixtures.AT)).isEmpty();
        });
    }

    @Test
    void aPlaceIsTakenOnceAndTheNextFreeOneFollows() {
        LabelPlacer placer = new LabelPlacer(List.of(new Box(0, 0, 100, 50)), List.of());
        Box onCard = new Box(90, 40, 30, 10);
        Box free = new Box(200, 0, 30, 10);
        assertThat(placer.place(List.of(onCard, free))).contains(free);
        assertThat(placer.place(List.of(onCard, free))).isEmpty();
        List<Box> around = LabelPlacer.around(0, 0, 20, 10, LabelPlacer.Reach.NEAR);
        assertThat(around.getFirst().bottom()).isEqualTo(-8);
        assertThat(around).anyMatch(box -> box.y() == 8).anyMatch(box -> box.right() == -8);
    }

    private List<Sign> signs(double zoom, Selection selection, GraphScene.Extra... show) {
        return Fx.call(() -> SignPlan.of(Staged.ink(zoom), staged.scene(selection, "", FIND, show)));
    }

    private static List<Sign.Words> words(List<Sign> signs) {
        return signs.stream()
                .filter(Sign.Words.class::isInstance)
                .map(Sign.Words.class::cast)
                .toList();
    }

    private static List<BreakerState> lamps(List<Sign> signs) {
        return signs.stream()
                .filter(Sign.Light.class::isInstance)
                .map(sign -> ((Sign.Light) sign).edge().breaker().state())
                .toList();
    }

    private static Selection selected(String edge) {
        return new Selection.Edge(EdgeId.parse(edge));
    }
}
