package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.console.rehearsal.Play;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Motion;
import io.signalbox.console.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

/** Every screen can be gone through by a thread that is not the FX thread. */
class RehearsedScreensTest {

    private static final int ROUNDS = 4;

    @Test
    void everyScreenIsGoneThroughOffTheFxThread() {
        List<String> sheets = Fx.call(() -> new Appearance(new MemoryPreferences()).sheets());
        assertThat(Platform.isFxApplicationThread()).isFalse();
        Play play = RehearsedScreens.play(Theme.DARK.id(), sheets);

        for (ScreenId screen : ScreenId.values()) {
            assertThatCode(() -> play.of(screen)).as(screen.id()).doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsRehearsedIsInNoWindowAndDoesNotMove() {
        List<String> seen = new ArrayList<>();
        StackPane view = new StackPane();
        Play play = new Play(
                props -> Map.of(ScreenId.EVENTS, shell -> new Screen() {
                    @Override
                    public ScreenId id() {
                        return ScreenId.EVENTS;
                    }

                    @Override
                    public Node view() {
                        return view;
                    }

                    @Override
                    public void shown() {
                        seen.add("reduced " + Motion.isReduced(view));
                    }

                    @Override
                    public void hidden() {}
                }),
                List.of(),
                Texts.of(Locale.ENGLISH));
        play.of(ScreenId.EVENTS);

        assertThat(seen).containsExactly("reduced true");
    }

    @Test
    void theFxThreadPaintsMeanwhile() throws Exception {
        List<String> sheets = Fx.call(() -> new Appearance(new MemoryPreferences()).sheets());
        Play onFx = Fx.call(() -> RehearsedScreens.play(Theme.DARK.id(), sheets));
        Play beside = RehearsedScreens.play(Theme.DARK.id(), sheets);
        CompletableFuture<Void> rehearsed = CompletableFuture.runAsync(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                beside.of(ScreenId.TOPOLOGY);
            }
        });

        for (int round = 0; round < ROUNDS; round++) {
            assertThatCode(() -> Fx.run(() -> onFx.of(ScreenId.TOPOLOGY))).doesNotThrowAnyException();
        }
        assertThatCode(rehearsed::get).doesNotThrowAnyException();
    }
}
