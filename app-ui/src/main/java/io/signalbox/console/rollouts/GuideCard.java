package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.status.RolloutStatus;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** What to look at in a rollout that a lesson started, and once it has ended, what was seen; gone for all others. */
public final class GuideCard extends VBox {

    private static final String MARK = "lesson: ";

    private final Texts texts;
    private final Label title = new Label();
    private final Label words = RolloutPane.wrapped();
    private String fault = "";

    GuideCard(Workbench bench) {
        texts = bench.texts();
        title.getStyleClass().add("mesh-h3");
        MeshButton card = new MeshButton(MeshButton.Kind.SECONDARY, texts.get("rollouts.guide.card"), "fth-sliders")
                .small()
                .onPress(() -> bench.shell().open(ScreenId.FAULTS, fault));
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-preview", "rollouts-card");
        getChildren().addAll(title, words, card);
    }

    /** Why a rollout was started that a fault's lesson started. */
    public static String reason(String fault) {
        return MARK + fault;
    }

    void show(RolloutStatus rollout) {
        fault = rollout.reason().startsWith(MARK) ? rollout.reason().substring(MARK.length()) : "";
        String key = "rollouts.guide." + fault + (rollout.phase().ended() ? ".ended" : ".on");
        String says = texts.get(key);
        setVisible(!fault.isEmpty() && !says.equals(key));
        title.setText(texts.get("rollouts.guide.title", fault));
        words.setText(says);
    }
}
