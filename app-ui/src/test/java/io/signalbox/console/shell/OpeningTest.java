package io.signalbox.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.screen.Nodes;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/** A screen that nobody has seen yet comes in steps, when the opening takes them. */
class OpeningTest {

    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final ShellFixture fixture = Fx.call(() -> new ShellFixture(Theme.DARK));

    private ConsoleShell shell() {
        fixture.opening = (screen, more) -> steps.addAll(more);
        fixture.preferences.put("screen", "requests");
        ConsoleShell shell = new ConsoleShell(fixture.partsWithScreens());
        fixture.log.clear();
        return shell;
    }

    private void takeAll() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    @Test
    void aScreenIsShownWholeAfterItsLastStep() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();

                assertThat(fixture.log).isEmpty();
                while (!steps.isEmpty()) {
                    assertThat(shell.shown()).isEmpty();
                    steps.remove().run();
                }
                assertThat(fixture.log).containsExactly("create requests", "shown requests");
                assertThat(shell.shown()).contains(ScreenId.REQUESTS);
                assertThat(words(scene)).contains("This is requests");
            }
        });
    }

    @Test
    void whatIsOnItsWayIsSaidOnceItTakesLong() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();
                fixture.time.advance(Duration.ofSeconds(1));

                assertThat(words(scene)).contains("Requests").doesNotContain("This is requests");
            }
        });
    }

    @Test
    void aListHasRoomForMoreOfItselfWithEachStep() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();
                List<Double> heights = new ArrayList<>();
                while (!steps.isEmpty()) {
                    steps.remove().run();
                    scene.getRoot().applyCss();
                    scene.getRoot().layout();
                    Nodes.all(scene.getRoot(), Region.class).stream()
                            .filter(node -> node.getStyleClass().contains("mesh-screen"))
                            .map(Region::getHeight)
                            .findFirst()
                            .ifPresent(heights::add);
                }

                assertThat(heights).isSorted().doesNotContain(0.0);
                assertThat(heights.getFirst()).isLessThan(heights.getLast() / 3);
            }
        });
    }

    @Test
    void aScreenThatIsLeftOnItsWayTakesNoFurtherStep() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene _ = shell.scene();
                steps.remove().run();
                shell.open(ScreenId.EVENTS);
                takeAll();

                assertThat(fixture.log).containsExactly("create requests", "create events", "shown events");
                shell.open(ScreenId.REQUESTS);
                assertThat(shell.shown()).contains(ScreenId.REQUESTS);
                assertThat(fixture.log).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void whatIsToBeSeenThereIsRevealedWhenTheScreenIsThere() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene _ = shell.scene();
                shell.open(ScreenId.EVENTS, "cart");
                assertThat(fixture.log).isEmpty();
                takeAll();

                assertThat(fixture.log).containsExactly("create events", "shown events", "reveal cart");
            }
        });
    }

    @Test
    void aScreenThatCannotBeMadeSaysSo() {
        Fx.run(() -> {
            fixture.screens.put(ScreenId.REQUESTS, context -> {
                throw new IllegalStateException("not today");
            });
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();
                takeAll();

                assertThat(Optional.ofNullable(scene.lookup("#crashed"))).isPresent();
            }
        });
    }

    @Test
    void anErrorInAStepIsSaid() {
        Fx.run(() -> {
            fixture.screens.put(ScreenId.REQUESTS, context -> {
                throw new NoClassDefFoundError("io/signalbox/Gone");
            });
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();
                takeAll();

                assertThat(Optional.ofNullable(scene.lookup("#crashed"))).isPresent();
            }
        });
    }

    @Test
    void theFilterThatIsAskedForOnTheWayHasTheFocusThen() {
        Fx.run(() -> {
            try (ConsoleShell shell = shell()) {
                Scene scene = shell.scene();
                steps.remove().run();
                Event.fireEvent(
                        scene.getRoot(),
                        new KeyEvent(KeyEvent.KEY_TYPED, "/", "/", KeyCode.UNDEFINED, false, false, false, false));
                takeAll();

                assertThat(scene.getFocusOwner().getId()).isEqualTo("filter");
            }
        });
    }

    private static List<String> words(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return Nodes.words(scene.getRoot());
    }
}
