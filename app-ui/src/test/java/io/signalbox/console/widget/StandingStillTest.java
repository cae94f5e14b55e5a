package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.Fx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/** What moves does so in a window alone: no animation runs for nodes that another thread may be building. */
class StandingStillTest {

    private final List<String> moved = new ArrayList<>();

    @Test
    void whatNoWindowShowsStandsStill() throws InterruptedException {
        Scene scene = Fx.call(this::moving);
        pulses(5);

        assertThat(scene.getWindow()).isNull();
        assertThat(Fx.call(() -> List.copyOf(moved))).isEmpty();
    }

    @Test
    void whatComesIntoAWindowMoves() throws InterruptedException {
        Stage stage = Fx.call(() -> {
            Stage made = new Stage();
            made.setScene(moving());
            made.show();
            return made;
        });
        try {
            pulses(5);

            assertThat(Fx.call(() -> List.copyOf(moved))).contains("spinner");
        } finally {
            Fx.run(stage::close);
        }
    }

    private Scene moving() {
        Lamp lamp = new Lamp(LampState.CLOSED);
        Spinner spinner = new Spinner();
        lamp.opacityProperty().subscribe((before, now) -> moved.add("lamp"));
        spinner.rotateProperty().subscribe((before, now) -> moved.add("spinner"));
        Scene scene = new Scene(new StackPane(lamp, spinner));
        lamp.setState(LampState.OPEN);
        return scene;
    }

    private static void pulses(int count) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(count);
        AnimationTimer timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                left.countDown();
            }
        };
        Platform.runLater(timer::start);
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        Platform.runLater(timer::stop);
    }
}
