package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.console.screen.Nodes;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.CanarySlider;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A person drives whole rollouts from the screen: a real mesh, real requests of shoppers, a mouse. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class RolloutRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private final FxRobot robot = new FxRobot();
    private Stage stage;
    private LiveMesh live;
    private RolloutsScreen screen;

    @Start
    void start(Stage window) {
        stage = window;
    }

    /** Not where the toolkit starts, which waits only so long. */
    @BeforeEach
    void open() {
        live = new LiveMesh(folder, 60);
        Fx.run(() -> {
            screen = new RolloutsScreen(live.bench);
            live.frame.getChildren().setAll(screen.view());
            stage.setScene(Fx.scene(live.root, 980, 960, Theme.DARK));
            stage.setX(10);
            stage.setY(10);
            stage.show();
            screen.shown();
        });
        live.feed.start();
    }

    @AfterEach
    void close() {
        Fx.run(screen::hidden);
        live.close();
    }

    @Test
    void theSliderTakesACandidateFromItsFirstShareToAllRequests() {
        begin("v2", "10");
        until(() -> inForce("v2") == 10 && phase() == RolloutPhase.RUNNING);
        until(() -> words().contains("Running"));

        drag(10, 30);
        until(() -> inForce("v2") == 30 && phase() == RolloutPhase.PAUSED);
        until(() -> words().contains("Why it stopped") && words().contains("Paused"));
        assertThat(rollout().why()).contains("mira");

        press("Resume…");
        answer("go on", "Resume");
        until(() -> phase() == RolloutPhase.RUNNING && has("Pause…"));

        drag(30, 60);
        until(() -> inForce("v2") == 60 && phase() == RolloutPhase.PAUSED && has("Resume…"));
        press("Resume…");
        answer("go on", "Resume");
        until(() -> phase() == RolloutPhase.RUNNING && has("Pause…"));
        press("Pause…");
        answer("lunch", "Pause");
        until(() -> phase() == RolloutPhase.PAUSED && words().contains("lunch (by mira)"));

        drag(60, 100);
        until(() -> inForce("v2") == 100);
        until(() -> words().stream().anyMatch(words -> words.matches("□ v2, \\d+")));
        Fx.run(() -> Fx.picture(live.root.getScene(), "rollout-run"));
        press("Promote…");
        answer("looks good", "Promote");
        until(() -> phase() == RolloutPhase.PROMOTED && words().contains("Promoted"));
        assertThat(words()).contains("Why it ended", "looks good");
        until(() -> versionsOfNewRequests().equals(List.of("v2")));
    }

    @Test
    void oneThatIsRolledBackGivesAllRequestsBack() {
        begin("v2", "10");
        until(() -> phase() == RolloutPhase.RUNNING && inForce("v2") == 10);
        until(() -> words().contains("Running"));
        drag(10, 50);
        until(() -> inForce("v2") == 50);
        until(() -> versionsOfNewRequests().equals(List.of("v1", "v2")));
        press("Roll back…");
        answer("prices are wrong", "Roll back");
        until(() -> phase() == RolloutPhase.ROLLED_BACK && inForce("v2") == 0);
        until(() -> words().contains("Why it was rolled back") && words().contains("prices are wrong"));
        until(() -> versionsOfNewRequests().equals(List.of("v1")));
        until(() -> !has("Promote…") && !has("Roll back…"));
    }

    private void begin(String candidate, String weight) {
        until(() -> words().contains("No rollouts yet"));
        until(() -> inForce(candidate) == 10);
        press("Start a rollout…");
        until(() -> Fx.call(() -> live.root.lookup("#rollouts-start-service") != null));
        Fx.run(() -> {
            combo("#rollouts-start-service").setValue("catalog");
            combo("#rollouts-start-candidate").setValue(candidate);
            field("#rollouts-start-weight").setText(weight);
            field("#rollouts-start-delay").setText("10m");
        });
        answer("new prices", "Start");
    }

    private void drag(int from, int to) {
        until(() -> Fx.call(() -> slider().getAccessibleText()).equals("catalog v2: " + from + "\u00a0% in force"));
        robot.drag(at(from), MouseButton.PRIMARY);
        for (int percent = from; percent <= to; percent += 5) {
            robot.moveTo(at(percent));
        }
        robot.drop();
    }

    /** Which versions served catalog's callers among the newest requests that began after the weights were changed. */
    private List<String> versionsOfNewRequests() {
        var split = live.connection.snapshot().splits().stream()
                .filter(one -> one.service().equals("catalog"))
                .findFirst()
                .orElseThrow();
        List<String> versions = live
                .connection
                .requests()
                .newest(new RequestFilter("catalog", null, Duration.ZERO, null, null), 500)
                .stream()
                .filter(line -> line.destination().equals("catalog")
                        && line.at().isAfter(split.since().plusSeconds(2)))
                .map(line -> Objects.requireNonNullElse(line.version(), ""))
                .toList();
        return versions.size() < 20
                ? List.of()
                : versions.stream().distinct().sorted().toList();
    }

    private int inForce(String version) {
        return live.connection.snapshot().splits().stream()
                .filter(split -> split.service().equals("catalog"))
                .flatMap(split -> split.versions().stream())
                .filter(share -> share.version().equals(version))
                .map(VersionShare::asked)
                .mapToInt(weight -> weight.percent())
                .findFirst()
                .orElse(-1);
    }

    private RolloutStatus rollout() {
        return live.connection.rollouts().current("catalog").orElseThrow();
    }

    private RolloutPhase phase() {
        return live.connection
                .rollouts()
                .current("catalog")
                .map(RolloutStatus::phase)
                .orElse(RolloutPhase.QUEUED);
    }

    private List<String> words() {
        return Fx.call(() -> Nodes.words(live.root));
    }

    private boolean has(String button) {
        return Fx.call(() -> buttons().stream().anyMatch(one -> one.getText().equals(button)));
    }

    private List<ButtonBase> buttons() {
        return Nodes.all(live.root, ButtonBase.class);
    }

    private void press(String words) {
        until(() -> has(words));
        Fx.run(() -> buttons().stream()
                .filter(button -> button.getText().equals(words))
                .reduce((first, second) -> second)
                .orElseThrow()
                .fire());
    }

    private void answer(String reason, String confirm) {
        Fx.run(() -> ((TextField) Objects.requireNonNull(live.root.lookup(".mesh-reason"))).setText(reason));
        press(confirm);
    }

    private TextField field(String selector) {
        return (TextField) Objects.requireNonNull(live.root.lookup(selector));
    }

    @SuppressWarnings("unchecked")
    private ComboBox<String> combo(String selector) {
        return (ComboBox<String>) Objects.requireNonNull(live.root.lookup(selector));
    }

    private CanarySlider slider() {
        return (CanarySlider) Objects.requireNonNull(live.root.lookup("#rollouts-lever"));
    }

    private Point2D at(int percent) {
        Bounds bounds = Fx.call(() -> slider().localToScreen(slider().getBoundsInLocal()));
        double track = bounds.getWidth() - 28;
        return new Point2D(bounds.getMinX() + 14 + track * percent / 100, bounds.getMinY() + 43);
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(holds);
    }
}
