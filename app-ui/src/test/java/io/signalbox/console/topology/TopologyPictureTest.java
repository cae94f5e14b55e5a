package io.signalbox.console.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paints the screen in the state of the design's picture, to be looked at in the module's target folder. */
final class TopologyPictureTest {

    private static final double WIDTH = 1364;
    private static final double HEIGHT = 856;

    @ParameterizedTest
    @CsvSource(textBlock = """
        DARK,  topology-dark
        LIGHT, topology-light
        """)
    void theSelectedOpenBreakerIsPainted(Theme theme, String name) throws Exception {
        Path file = Fx.call(() -> {
            Scene scene = scene(theme, SnapshotFixtures.paymentOpen(), "err>1% or p99>80ms", "checkout->payment");
            assertThat(colorsOf(scene.snapshot(null))).isGreaterThan(200);
            return Fx.picture(scene, name);
        });
        assertThat(Files.size(file)).isPositive();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        DARK,  topology-calm-dark
        LIGHT, topology-worst-light
        """)
    void withNothingSelectedTheWorstStandsInThePanel(Theme theme, String name) throws Exception {
        MeshSnapshot snapshot = theme == Theme.DARK ? SnapshotFixtures.canary() : SnapshotFixtures.paymentOpen();
        Path file = Fx.call(() -> Fx.picture(scene(theme, snapshot, "", ""), name));
        assertThat(Files.size(file)).isPositive();
    }

    private static Scene scene(Theme theme, MeshSnapshot snapshot, String find, String selected) {
        ScreenRig rig = new ScreenRig(snapshot);
        rig.tellStory();
        Scene scene = Fx.scene((Parent) rig.screen.view(), WIDTH, HEIGHT, theme);
        rig.screen.shown();
        rig.play(withEvents(snapshot));
        rig.screen.viewModel().findTextProperty().set(find);
        if (!selected.isEmpty()) {
            rig.screen.viewModel().selectionProperty().set(new Selection.Edge(EdgeId.parse(selected)));
        }
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        rig.screen.stage().paintFrame(0);
        rig.screen.hidden();
        return scene;
    }

    private static MeshSnapshot withEvents(MeshSnapshot snapshot) {
        return new MeshSnapshot(
                snapshot.sequence(),
                4,
                snapshot.at(),
                snapshot.mesh(),
                snapshot.startedAt(),
                snapshot.totals(),
                snapshot.meshHops(),
                snapshot.securedHops(),
                snapshot.services(),
                snapshot.edges(),
                snapshot.breakers(),
                snapshot.splits(),
                snapshot.scenario());
    }

    private static long colorsOf(WritableImage image) {
        return IntStream.range(0, (int) image.getWidth())
                .boxed()
                .flatMap(x -> IntStream.range(0, (int) image.getHeight() / 4)
                        .mapToObj(y -> image.getPixelReader().getColor(x, y * 4)))
                .map(Color::toString)
                .distinct()
                .count();
    }
}
