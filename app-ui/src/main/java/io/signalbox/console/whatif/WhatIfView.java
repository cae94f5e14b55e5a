package io.signalbox.console.whatif;

import io.signalbox.console.screen.Growing;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The answer to a question about a change, to stand beside what makes the change; there only while somebody asks. */
public final class WhatIfView extends VBox {

    /** What is there as nodes at once, and how much more with each pulse. */
    private static final int PAGE = 60;

    private static final int STEP = 20;

    private final Workbench bench;
    private final WhatIfWords words;
    private final VBox told = new VBox();
    private final VBox more = new VBox();
    private List<Supplier<Node>> parts = List.of();
    private Growing growing;
    private final MeshButton close;

    public WhatIfView(WhatIfModel model, Workbench bench) {
        this.bench = bench;
        words = new WhatIfWords(bench.texts(), bench.formats());
        growing = new Growing(PAGE, STEP, bench, this::grow);
        getStyleClass().add("what-if");
        getStylesheets()
                .add(Objects.requireNonNull(WhatIfView.class.getResource("what-if.css"))
                        .toExternalForm());
        Label title = new Label(text("whatif.title"));
        title.getStyleClass().add("mesh-h3");
        close = MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-x", text("whatif.close"))
                .onPress(model::forget);
        HBox head = new HBox(title, Page.space(), close);
        head.setAlignment(Pos.CENTER_LEFT);
        told.getStyleClass().add("what-if-told");
        ScrollPane scrolled = Page.scrolling(new VBox(told, more));
        VBox.setVgrow(scrolled, Priority.ALWAYS);
        getChildren().addAll(head, scrolled);
        setAccessibleText(text("whatif.title"));
        model.asking().subscribe(this::show);
    }

    private void show(Asking now) {
        boolean asked = !(now instanceof Asking.Idle);
        setVisible(asked);
        setManaged(asked);
        parts = switch (now) {
            case Asking.Idle() -> List.of();
            case Asking.Awaited() -> List.of(() -> muted(text("whatif.awaited")));
            case Asking.Failed(String why) -> List.of(() -> plain(text("whatif.failed", why)));
            case Asking.Told(List<WhatIf> answers) ->
                answers.stream().flatMap(answer -> parts(answer).stream()).toList();
        };
        if (!told.getChildren().isEmpty()) {
            told.getChildren().clear();
        }
        if (asked) {
            growing = new Growing(PAGE, STEP, bench, this::grow);
            more.getChildren().setAll(growing.bar());
        }
        grow();
    }

    /** Makes more of the nodes, never again what is there. */
    private void grow() {
        int goal = growing.of(parts.size());
        while (told.getChildren().size() < goal) {
            told.getChildren().add(parts.get(told.getChildren().size()).get());
        }
    }

    private List<Supplier<Node>> parts(WhatIf answer) {
        List<Supplier<Node>> parts = new ArrayList<>();
        parts.add(() -> sentence(answer));
        if (answer.recorded() > 0) {
            parts.add(() -> muted(words.basis(answer)));
        }
        answer.changes().forEach(change -> parts.add(() -> row(change)));
        answer.unknown().forEach(unknown -> parts.add(() -> muted(words.unknown(unknown))));
        if (answer.passedOver() > 0) {
            parts.add(() -> muted(words.passedOver(answer)));
        }
        if (!answer.notReplayed().isEmpty()) {
            parts.add(() -> muted(words.notReplayed(answer)));
        }
        return parts;
    }

    /** That of a further answer stands apart from the one before. */
    private Label sentence(WhatIf answer) {
        Label sentence = plain(words.sentence(answer));
        if (!told.getChildren().isEmpty()) {
            sentence.getStyleClass().add("what-if-next");
        }
        return sentence;
    }

    private VBox row(Change change) {
        Label count = new Label(words.count(change));
        count.getStyleClass().add("mesh-mono");
        count.setMinWidth(USE_PREF_SIZE);
        Label what = plain(words.words(change));
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        LampState sure = change.certainty() == Certainty.EXACT ? LampState.CLOSED : LampState.HALF_OPEN;
        HBox first = new HBox(count, what, Tag.of(sure, words.certainty(change)));
        first.getStyleClass().add("what-if-line");
        first.setAlignment(Pos.TOP_LEFT);
        String ofAll = words.ofAll(change);
        Label why = muted((ofAll.isEmpty() ? "" : ofAll + " · ") + words.why(change));
        HBox examples = new HBox();
        examples.getStyleClass().add("what-if-line");
        examples.setAlignment(Pos.CENTER_LEFT);
        change.examples().forEach(id -> examples.getChildren().add(example(id)));
        VBox row = new VBox(first, why, examples);
        row.getStyleClass().add("what-if-row");
        return row;
    }

    /** Its beginning tells one id from another well enough; the whole one is what is opened. */
    private MeshButton example(String id) {
        MeshButton button = new MeshButton(
                        MeshButton.Kind.QUIET,
                        id.length() <= 8 ? id : id.substring(0, 8) + "…",
                        "fth-corner-down-right")
                .small()
                .onPress(() -> bench.shell().open(ScreenId.REQUESTS, id));
        button.setAccessibleText(text("whatif.example", id));
        return button;
    }

    private static Label plain(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinWidth(0);
        return label;
    }

    private static Label muted(String words) {
        Label label = plain(words);
        label.getStyleClass().addAll("mesh-small", "mesh-muted");
        return label;
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
