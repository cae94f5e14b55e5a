package io.signalbox.console.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.feed.Link;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.graph.Variants;
import io.signalbox.console.topology.layout.ColumnLayout;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TopologyViewModelTest {

    private final AtomicInteger layouts = new AtomicInteger();
    private final TopologyViewModel viewModel = new TopologyViewModel(
            (shape, before) -> {
                layouts.incrementAndGet();
                return new ColumnLayout().layout(shape, before);
            },
            Runnable::run,
            Runnable::run);

    @Test
    void onlyAChangeOfShapeLaysOutAgain() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        viewModel.accept(calm);
        viewModel.accept(SnapshotFixtures.later(calm, 1));
        viewModel.accept(SnapshotFixtures.later(calm, 2));
        assertThat(layouts).hasValue(1);
        viewModel.accept(Variants.without(calm, "mailer"));
        assertThat(layouts).hasValue(2);
        assertThat(viewModel.layoutProperty().get().boxes()).doesNotContainKey("mailer");
    }

    @Test
    void theStateSaysWhyThereIsNothingToSee() {
        assertThat(viewModel.stateProperty().get()).isEqualTo(new TopologyState.Waiting());
        viewModel.accept(new Link.Lost("refused", SnapshotFixtures.AT));
        assertThat(viewModel.stateProperty().get()).isEqualTo(new TopologyState.Unreachable("refused"));
        viewModel.accept(SnapshotFixtures.empty());
        assertThat(viewModel.stateProperty().get()).isEqualTo(new TopologyState.NoServices("corner-shop"));
        viewModel.accept(SnapshotFixtures.calm());
        assertThat(viewModel.stateProperty().get()).isEqualTo(new TopologyState.Showing());
    }

    @Test
    void aLostMeshKeepsItsPictureAsStale() {
        viewModel.accept(SnapshotFixtures.calm());
        viewModel.accept(new Link.Lost("refused", SnapshotFixtures.AT));
        assertThat(viewModel.staleProperty().get()).isTrue();
        assertThat(viewModel.stateProperty().get()).isEqualTo(new TopologyState.Showing());
        viewModel.accept(SnapshotFixtures.calm());
        assertThat(viewModel.staleProperty().get()).isFalse();
    }

    @Test
    void whatLeavesTheMeshIsSelectedNoLonger() {
        MeshSnapshot calm = SnapshotFixtures.calm();
        viewModel.accept(calm);
        Selection mailer = new Selection.Node("mailer");
        viewModel.selectionProperty().set(mailer);
        viewModel.accept(SnapshotFixtures.later(calm, 1));
        assertThat(viewModel.selectionProperty().get()).isEqualTo(mailer);
        viewModel.accept(Variants.without(calm, "mailer"));
        assertThat(viewModel.selectionProperty().get()).isEqualTo(Selection.nothing());
        viewModel.selectionProperty().set(new Selection.Edge(EdgeId.parse("checkout->stock")));
        viewModel.accept(Variants.withoutEdge(calm, "checkout->stock"));
        assertThat(viewModel.selectionProperty().get()).isEqualTo(Selection.nothing());
    }

    @Test
    void aQuestionIsAnsweredAtOnceAndWithEachPicture() {
        viewModel.accept(SnapshotFixtures.calm());
        viewModel.findTextProperty().set("err>50%");
        assertThat(viewModel.foundProperty().get().active()).isTrue();
        assertThat(viewModel.foundProperty().get().edges()).isEmpty();
        viewModel.accept(SnapshotFixtures.paymentOpen());
        assertThat(viewModel.foundProperty().get().edges()).contains(EdgeId.parse("checkout->payment"));
        viewModel.findTextProperty().set("");
        assertThat(viewModel.foundProperty().get()).isEqualTo(Found.NOT_ASKED);
    }

    @Test
    void aQuestionThatCannotBeReadFindsNothingAndSaysWhy() {
        viewModel.accept(SnapshotFixtures.calm());
        viewModel.findTextProperty().set("cart");
        viewModel.findTextProperty().set("err>");
        assertThat(viewModel.findErrorProperty().get()).contains("a share such as 1%");
        assertThat(viewModel.foundProperty().get()).isEqualTo(Found.NOT_ASKED);
        viewModel.findTextProperty().set("err>1");
        assertThat(viewModel.findErrorProperty().get()).isEmpty();
    }

    @Test
    void theFormGoesBackAndForth() {
        viewModel.toggleForm();
        assertThat(viewModel.formProperty().get()).isEqualTo(TopologyViewModel.Form.TABLE);
        viewModel.toggleForm();
        assertThat(viewModel.formProperty().get()).isEqualTo(TopologyViewModel.Form.GRAPH);
    }

    @Test
    void aScreenReaderHearsTheBreakerAndItsNextProbe() {
        GraphWords words = new GraphWords(Texts.of(Locale.ENGLISH), Formats.of(Locale.ENGLISH, ZoneOffset.UTC));
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        assertThat(words.spoken(new Selection.Edge(EdgeId.parse("checkout->payment")), graph)
                        .replace('\u00a0', ' '))
                .startsWith("checkout to payment, 41")
                .endsWith("breaker open, next probe in 0:37");
        assertThat(words.spoken(new Selection.Node("reviews"), graph))
                .startsWith("reviews, ")
                .endsWith("3 versions");
        assertThat(words.spoken(Selection.nothing(), graph)).startsWith("The mesh corner-shop: 13 nodes, 13 edges.");
        assertThat(GraphWords.commandLine(EdgeId.parse("a->b"), BreakerCommand.OPEN))
                .isEqualTo("signalbox breaker open 'a->b' --reason ''");
    }
}
