package io.signalbox.console.rollouts;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A wide column and a narrow one beside it where there is room; else one below the other. */
final class TwoColumns extends VBox {

    private static final double ROOM = 60;

    private final VBox wide;
    private final VBox narrow;
    private final HBox both = new HBox();
    private final Label em = new Label();

    TwoColumns(VBox wide, VBox narrow) {
        this.wide = wide;
        this.narrow = narrow;
        wide.getStyleClass().add("rollouts-cards");
        narrow.getStyleClass().add("rollouts-cards");
        wide.setMinWidth(0);
        narrow.setMinWidth(0);
        both.getStyleClass().add("rollouts-columns");
        getStyleClass().add("rollouts-two");
        HBox.setHgrow(wide, Priority.ALWAYS);
        em.setVisible(false);
        em.setManaged(false);
        setMinWidth(0);
        stack();
        widthProperty().subscribe(width -> arrange());
        em.fontProperty().subscribe(font -> arrange());
    }

    private void arrange() {
        boolean room = getWidth() >= ROOM * em.getFont().getSize();
        if (room && both.getChildren().isEmpty()) {
            narrow.getStyleClass().add("rollouts-narrow");
            getChildren().clear();
            both.getChildren().setAll(wide, narrow);
            getChildren().setAll(both, em);
        } else if (!room && !both.getChildren().isEmpty()) {
            both.getChildren().clear();
            stack();
        }
    }

    private void stack() {
        narrow.getStyleClass().remove("rollouts-narrow");
        getChildren().setAll(wide, narrow, em);
    }
}
