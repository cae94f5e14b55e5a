package io.signalbox.console.requests;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.Tag;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The request that is explained: what it was, the walk at a glance, and its hops one below the other. */
final class WalkPane extends VBox {

    private final WalkViewModel model;
    private final Workbench bench;
    private final RequestWords words;
    private final Feedback feedback;
    private final HBox about = new HBox();
    private final VBox hopViews = new VBox();
    private final VBox content = new VBox();
    private final ScrollPane scroll = Page.scrolling(content);
    private final StateHost body;
    private @Nullable RequestLine shown;

    WalkPane(WalkViewModel model, Workbench bench, RequestWords words) {
        this.model = model;
        this.bench = bench;
        this.words = words;
        feedback = new Feedback(bench);
        getStyleClass().add("walk-pane");
        setId("walk");
        about.getStyleClass().add("walk-about");
        about.setAlignment(Pos.CENTER_LEFT);
        hopViews.getStyleClass().add("walk-hops");
        content.getStyleClass().add("walk-body");
        body = new StateHost(scroll, bench.scheduler());
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head(), about, body);
        model.explanation().subscribe(this::show);
    }

    private HBox head() {
        Label title = new Label(words.text("requests.walk"));
        title.getStyleClass().add("mesh-h2");
        title.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(
                title,
                Page.space(),
                new MeshButton(MeshButton.Kind.SECONDARY, words.text("requests.copy.curl"), "fth-copy")
                        .small()
                        .onPress(() -> copy(RequestWords::curl)),
                new MeshButton(MeshButton.Kind.SECONDARY, words.text("requests.copy.cli"), "fth-terminal")
                        .small()
                        .onPress(() -> copy(RequestWords::commandLine)),
                MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-x", words.text("requests.walk.close"))
                        .small()
                        .onPress(model::leave));
        head.getStyleClass().add("mesh-buttons");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private void copy(Function<RequestLine, String> write) {
        RequestLine request = shown;
        if (request != null) {
            feedback.copied(write.apply(request));
        }
    }

    private void show(Explanation now) {
        switch (now) {
            case Explanation.Nothing() -> shown = null;
            case Explanation.Asked(RequestLine request) -> {
                about(request);
                body.stateProperty().set(new ViewState.Loading(words.text("requests.walk")));
            }
            case Explanation.Told(RequestLine request, List<ExplainedRequest> hops, int chosen) -> {
                about(request);
                tell(hops, chosen);
                body.stateProperty().set(new ViewState.Ready());
            }
            case Explanation.Refused(RequestLine request, String why) -> {
                about(request);
                body.stateProperty()
                        .set(new ViewState.Failed(
                                words.text("requests.walk.refused"),
                                words.text("requests.walk.refused.why"),
                                why,
                                List.of(new Action(words.text("requests.walk.close"), model::leave))));
            }
        }
    }

    private void about(RequestLine request) {
        shown = request;
        Label what = new Label(request.method() + " " + request.path());
        what.getStyleClass().addAll("mesh-mono-medium", "mesh-small");
        what.setMinWidth(0);
        Label way = new Label(request.source() + " → " + request.destination());
        way.getStyleClass().addAll("mesh-small", "mesh-muted");
        way.setMinWidth(USE_PREF_SIZE);
        Label id = new Label(words.text("requests.walk.id", RequestWords.id(request)));
        id.getStyleClass().addAll("mesh-small", "mesh-mono", "mesh-subtle");
        id.setMinWidth(0);
        about.getChildren()
                .setAll(
                        what,
                        Tag.of(RequestWords.lamp(request), RequestWords.status(request) + " " + words.state(request)),
                        way,
                        id);
    }

    private void tell(List<ExplainedRequest> hops, int chosen) {
        List<HopView> views = new ArrayList<>();
        for (ExplainedRequest hop : hops) {
            views.add(new HopView(hop, words, bench.formats()));
        }
        views.get(chosen).expand();
        WalkStrip strip = new WalkStrip(hops, chosen);
        strip.onChoice(hop -> {
            strip.choose(hop);
            views.get(hop).expand();
            reach(views.get(hop));
        });
        hopViews.getChildren().setAll(views);
        content.getChildren().setAll(strip, hopViews);
        scroll.setVvalue(0);
        if (chosen > 0) {
            reach(views.get(chosen));
        }
    }

    /** Scrolls so that a hop begins at the top, as far as there is something below it. */
    private void reach(HopView view) {
        applyCss();
        layout();
        Bounds place = view.getBoundsInParent();
        double top = hopViews.getBoundsInParent().getMinY() + place.getMinY();
        double room = content.getHeight() - scroll.getViewportBounds().getHeight();
        boolean visible = top + place.getHeight() <= scroll.getViewportBounds().getHeight();
        scroll.setVvalue(room <= 0 || visible ? 0 : Math.min(1, top / room));
    }
}
