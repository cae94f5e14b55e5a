package io.signalbox.console.widget;

import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Motion;
import javafx.animation.FadeTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The bottom right corner in which toasts appear, the newest lowest. Lets clicks through beside them. */
final class ToastLayer extends VBox {

    private final Toasts toasts;
    private final Texts texts;

    ToastLayer(Toasts toasts, Texts texts) {
        this.toasts = toasts;
        this.texts = texts;
        getStyleClass().add("mesh-toasts");
        setAlignment(Pos.BOTTOM_RIGHT);
        setPickOnBounds(false);
        toasts.shown().addListener((ListChangeListener<Toast>) this::changed);
    }

    private void changed(ListChangeListener.Change<? extends Toast> change) {
        while (change.next()) {
            change.getRemoved().forEach(gone -> getChildren().removeIf(node -> gone.equals(node.getUserData())));
            change.getAddedSubList().forEach(added -> getChildren().add(card(added)));
        }
    }

    private Node card(Toast toast) {
        Label title = new Label(toast.title());
        title.getStyleClass().add("mesh-semibold");
        title.setWrapText(true);
        VBox words = new VBox(title);
        if (!toast.detail().isEmpty()) {
            Label detail = new Label(toast.detail());
            detail.getStyleClass().addAll("mesh-small", "mesh-muted");
            detail.setWrapText(true);
            words.getChildren().add(detail);
        }
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox card = new HBox(new Lamp(toast.state()), words);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("mesh-toast");
        card.pseudoClassStateChanged(toast.state().pseudoClass(), true);
        card.setUserData(toast);
        card.setMaxHeight(Region.USE_PREF_SIZE);
        card.setAccessibleText(toast.title() + ". " + toast.detail());
        toast.action().ifPresent(action -> card.getChildren().add(button(toast, action)));
        if (toast.staysFor().isEmpty()) {
            card.getChildren()
                    .add(MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-x", texts.get("toast.close"))
                            .small()
                            .onPress(() -> toasts.close(toast)));
        }
        if (Motion.isSeen(this)) {
            FadeTransition fade = new FadeTransition(Motion.duration(this, 140), card);
            fade.setFromValue(0);
            fade.setToValue(1);
            fade.play();
        }
        return card;
    }

    private Node button(Toast toast, Action action) {
        return new MeshButton(MeshButton.Kind.SECONDARY, action.label()).small().onPress(() -> {
            toasts.close(toast);
            action.run().run();
        });
    }
}
