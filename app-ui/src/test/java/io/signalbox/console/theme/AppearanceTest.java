package io.signalbox.console.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.Fx;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class AppearanceTest {

    @Test
    void everyFaceIsLoadedUnderItsOwnFamily() {
        Fx.run(() -> {
            for (Face face : Face.values()) {
                assertThat(face.isLoaded()).as(face.name()).isTrue();
                assertThat(face.font(13).getFamily()).isEqualTo(face.family());
            }
        });
    }

    @Test
    void aNewThemeDressesWhatIsOnScreenAtOnce() {
        Fx.run(() -> {
            MemoryPreferences preferences = new MemoryPreferences();
            Appearance appearance = new Appearance(preferences);
            appearance.themeProperty().set(Theme.DARK);
            Label label = new Label("catalog");
            Scene scene = new Scene(new StackPane(label), 100, 100);
            appearance.attach(scene);
            scene.getRoot().applyCss();
            assertThat(label.getTextFill()).isEqualTo(Color.web("#E4E9EC"));
            appearance.toggleTheme();
            scene.getRoot().applyCss();
            assertThat(label.getTextFill()).isEqualTo(Color.web("#161D22"));
            assertThat(preferences.get("theme")).contains("light");
        });
    }

    @Test
    void everySizeFollowsOneRootSize() {
        Fx.run(() -> {
            Appearance appearance = new Appearance(new MemoryPreferences());
            Label label = new Label("Topology");
            label.getStyleClass().add("mesh-h1");
            Scene scene = new Scene(new StackPane(label), 100, 100);
            appearance.attach(scene);
            appearance.sizePercentProperty().set(200);
            scene.getRoot().applyCss();
            assertThat(label.getFont().getSize()).isBetween(35.9, 36.1);
            assertThat(label.getFont().getFamily()).isEqualTo("Inter SemiBold");
        });
    }

    @Test
    void aSizeOutsideItsRangeIsBroughtBack() {
        Fx.run(() -> {
            MemoryPreferences preferences = new MemoryPreferences();
            Appearance appearance = new Appearance(preferences);
            appearance.sizePercentProperty().set(900);
            assertThat(appearance.sizePercentProperty().get()).isEqualTo(200);
            preferences.put("size", "many");
            assertThat(new Appearance(preferences).sizePercentProperty().get()).isEqualTo(100);
        });
    }

    @Test
    void reducedMotionIsSeenByEveryNodeOfTheScene() {
        Fx.run(() -> {
            Appearance appearance = new Appearance(new MemoryPreferences());
            Label label = new Label();
            Scene scene = new Scene(new StackPane(label), 100, 100);
            appearance.motionProperty().set(Motion.FULL);
            appearance.attach(scene);
            assertThat(Motion.duration(label, 140).toMillis()).isEqualTo(140);
            appearance.motionProperty().set(Motion.REDUCED);
            assertThat(Motion.duration(label, 140).toMillis()).isZero();
        });
    }
}
