package io.signalbox.console.widget;

import io.signalbox.console.theme.Motion;
import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.RotateTransition;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.util.Duration;

/** A turning arc that says: working on it. Stands still while motion is reduced, and stops with its window. */
public final class Spinner extends StackPane {

    private final RotateTransition turn = new RotateTransition(Duration.seconds(0.9), this);

    public Spinner() {
        getStyleClass().add("mesh-spinner");
        Arc arc = new Arc(0, 0, 5, 5, 90, 270);
        arc.setType(ArcType.OPEN);
        arc.setFill(null);
        arc.getStyleClass().add("arc");
        getChildren().add(arc);
        turn.setByAngle(360);
        turn.setInterpolator(Interpolator.LINEAR);
        turn.setCycleCount(Animation.INDEFINITE);
        sceneProperty().flatMap(Scene::windowProperty).subscribe(window -> {
            if (Motion.isSeen(this)) {
                turn.play();
            } else if (turn.getStatus() == Animation.Status.RUNNING) {
                turn.stop();
            }
        });
    }
}
