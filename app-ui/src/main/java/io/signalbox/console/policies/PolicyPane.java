package io.signalbox.console.policies;

import io.signalbox.console.screen.DiffView;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.whatif.WhatIfModel;
import io.signalbox.console.whatif.WhatIfView;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.console.widget.Segmented;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PolicyChange;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One service's policy: its text, what was changed of it, its history, and what can be done. */
final class PolicyPane extends VBox {

    /** What is looked at. */
    private enum Part {
        TEXT,
        CHANGES,
        HISTORY
    }

    private final PoliciesViewModel model;
    private final Workbench bench;
    private final Feedback feedback;
    private final Label title = new Label();
    private final Tag revision = Tag.plain("");
    private final Label newest = new Label();
    private final MeshButton undo;
    private final MeshButton discard;
    private final MeshButton apply;
    private final HBox newer = new HBox();
    private final Segmented<Part> parts;
    private final MenuButton add = new MenuButton();
    private final PolicyEditor editor;
    private final DiffView changes;
    private final HistoryView history;
    private final JudgementView judgement;
    private final WhatIfModel whatIf;
    private final MeshButton ask;
    private Optional<Draft> asked = Optional.empty();
    private String blocked = "";

    PolicyPane(PoliciesViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        feedback = new Feedback(bench);
        undo = new MeshButton(MeshButton.Kind.SECONDARY, text("policies.undo"), "fth-rotate-ccw").onPress(this::undo);
        discard = new MeshButton(MeshButton.Kind.SECONDARY, text("policies.discard"), "fth-x").onPress(model::discard);
        apply = new MeshButton(MeshButton.Kind.PRIMARY, text("policies.apply"), "fth-check").onPress(this::apply);
        whatIf = new WhatIfModel(bench.commands());
        ask = new MeshButton(MeshButton.Kind.SECONDARY, text("whatif.ask"), "fth-help-circle").onPress(this::whatIf);
        editor = new PolicyEditor(text("policies.text"));
        changes = new DiffView(bench);
        history = new HistoryView(bench);
        judgement = new JudgementView(bench, this::goTo);
        parts = new Segmented<>(List.of(
                Segmented.Choice.of(Part.TEXT, text("policies.part.text")),
                Segmented.Choice.of(Part.CHANGES, text("policies.part.changes")),
                Segmented.Choice.of(Part.HISTORY, text("policies.history"))));
        getStyleClass().add("policy-pane");
        add.setText(text("policies.add"));
        add.getStyleClass().addAll("mesh-button", "mesh-focusable", "mesh-secondary");
        add.setGraphic(Icons.button("fth-plus"));
        add.showingProperty().subscribe(this::offerAdditions);
        add.visibleProperty().bind(parts.valueProperty().map(part -> part == Part.TEXT));
        HBox looking = new HBox(parts, Page.space(), add);
        looking.setAlignment(Pos.CENTER_LEFT);
        StackPane parted = body();
        HBox.setHgrow(parted, Priority.ALWAYS);
        HBox body = new HBox(parted, new WhatIfView(whatIf, bench));
        body.getStyleClass().add("policy-beside");
        body.setMinHeight(0);
        VBox.setVgrow(body, Priority.ALWAYS);
        ScrollPane judged = Page.scrolling(judgement);
        judged.getStyleClass().add("policy-judged");
        getChildren().addAll(head(), newer, looking, body, judged);
        editor.textProperty().subscribe(text -> model.write(text));
        model.open().subscribe(this::show);
        model.newer().subscribe(this::offer);
        model.judgement().subscribe(this::judge);
        model.history().subscribe(this::tell);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && (event.getCode() == KeyCode.S || event.getCode() == KeyCode.ENTER)) {
                apply.fire();
                event.consume();
            }
        });
    }

    void edit() {
        parts.valueProperty().set(Part.TEXT);
        editor.edit();
    }

    /** @param why nothing can be changed now; empty while it can */
    void block(String why) {
        blocked = why;
        allow();
    }

    /** Fields that the text has already, or that may not stand beside one it has, are shown and cannot be chosen. */
    private void offerAdditions(Boolean showing) {
        if (!showing && !add.getItems().isEmpty()) {
            return;
        }
        String written = editor.textProperty().get();
        add.getItems()
                .setAll(Arrays.stream(Addition.values())
                        .map(addition -> {
                            MenuItem item = new MenuItem(text(addition.titleKey()));
                            item.setDisable(!addition.fits(written));
                            item.setOnAction(event -> add(addition));
                            return item;
                        })
                        .toList());
    }

    private void add(Addition addition) {
        String written = editor.textProperty().get();
        int line = 1 + (int) written.lines().count();
        editor.setText(addition.addTo(written));
        editor.goTo(line, 1);
    }

    private HBox head() {
        title.getStyleClass().add("mesh-h2");
        title.setMinWidth(USE_PREF_SIZE);
        newest.getStyleClass().addAll("mesh-small", "mesh-muted");
        newest.setMinWidth(0);
        HBox.setHgrow(newest, Priority.SOMETIMES);
        MeshButton copy = MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-terminal", text("policies.copy"))
                .onPress(this::copy);
        HBox head = new HBox(title, revision, newest, Page.space(), copy, undo, discard, ask, apply);
        head.getStyleClass().add("policy-line");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private StackPane body() {
        Map<Part, Node> views = new EnumMap<>(Map.of(Part.TEXT, editor, Part.CHANGES, changes, Part.HISTORY, history));
        StackPane body = new StackPane(editor, changes, history);
        body.getStyleClass().add("policy-body");
        body.setMinHeight(0);
        parts.valueProperty().subscribe(now -> {
            views.forEach((part, view) -> view.setVisible(part == now));
            model.open().get().ifPresent(draft -> compare(draft.changes()));
        });
        return body;
    }

    private void show(Optional<Draft> open) {
        setVisible(open.isPresent());
        if (!open.equals(asked)) {
            asked = Optional.empty();
            whatIf.forget();
        }
        open.ifPresent(draft -> {
            title.setText(draft.base().service());
            revision.setText(
                    draft.base().revision() == 0
                            ? text("policies.defaults")
                            : text("policies.revision", draft.base().revision()));
            editor.setText(draft.text());
            List<String> difference = draft.changes();
            long changed =
                    difference.stream().filter(line -> !line.startsWith(" ")).count();
            compare(difference);
            parts.setCount(Part.CHANGES, changed == 0 ? "" : bench.formats().count(changed));
            discard.setVisible(draft.edited());
            discard.setManaged(draft.edited());
            allow();
        });
    }

    /** Drawn while it is looked at: a node for each line would be made anew with each key. */
    private void compare(List<String> difference) {
        if (changes.isVisible()) {
            changes.show(difference, text("policies.changes.none"));
        }
    }

    private void offer(Optional<PolicyText> holds) {
        newer.setVisible(holds.isPresent());
        newer.setManaged(holds.isPresent());
        holds.ifPresent(text -> {
            Label words = new Label(text("policies.newer", text.revision()));
            words.getStyleClass().add("mesh-small");
            words.setMinWidth(0);
            newer.getStyleClass().setAll("policy-line", "policy-newer");
            newer.setAlignment(Pos.CENTER_LEFT);
            newer.getChildren()
                    .setAll(
                            words,
                            Page.space(),
                            new MeshButton(MeshButton.Kind.SECONDARY, text("policies.newer.take"))
                                    .small()
                                    .onPress(model::discard),
                            new MeshButton(MeshButton.Kind.SECONDARY, text("policies.newer.keep"))
                                    .small()
                                    .onPress(model::keepMine));
        });
        allow();
    }

    private void judge(Judgement now) {
        judgement.show(now);
        editor.markWrong(now instanceof Judgement.Wrong wrong ? wrong.line() : 0);
        allow();
    }

    private void tell(List<PolicyChange> newestFirst) {
        history.show(newestFirst);
        parts.setCount(
                Part.HISTORY, newestFirst.isEmpty() ? "" : bench.formats().count(newestFirst.size()));
        newest.setText(
                newestFirst.isEmpty()
                        ? ""
                        : text(
                                "policies.newest",
                                newestFirst.getFirst().by(),
                                bench.formats().clock(newestFirst.getFirst().at())));
        allow();
    }

    /** Each button says why it does nothing now. */
    private void allow() {
        boolean edited = model.open().get().filter(Draft::edited).isPresent();
        undo.blockedReasonProperty().set(blocked.isEmpty() ? whyNotUndone(edited) : blocked);
        apply.blockedReasonProperty().set(blocked.isEmpty() ? whyNotApplied(edited) : blocked);
        ask.blockedReasonProperty()
                .set(model.judgement().get() instanceof Judgement.Wrong ? text("whatif.ask.wrong") : "");
    }

    /** Asks about the text as it is; any other text has another answer. */
    private void whatIf() {
        asked = model.open().get();
        asked.ifPresent(draft -> whatIf.ask(io.signalbox.mesh.whatif.Question.of(draft.text())));
    }

    private String whyNotUndone(boolean edited) {
        List<PolicyChange> told = model.history().get();
        if (edited) {
            return text("policies.undo.edited");
        }
        return told.isEmpty()
                ? text("policies.undo.none")
                : PolicyChange.anyToUndo(told) ? "" : text("policies.undo.all");
    }

    private String whyNotApplied(boolean edited) {
        if (!edited) {
            return text("policies.apply.same");
        }
        if (model.newer().get().isPresent()) {
            return text("policies.apply.newer");
        }
        return switch (model.judgement().get()) {
            case Judgement.Awaited() -> text("policies.check.awaited");
            case Judgement.Wrong _ -> text("policies.apply.wrong");
            case Judgement.Sound _ -> "";
        };
    }

    private void goTo(int line, int column) {
        parts.valueProperty().set(Part.TEXT);
        editor.goTo(line, column);
    }

    private void apply() {
        model.open().get().ifPresent(draft -> {
            String service = draft.base().service();
            int warned = model.judgement().get() instanceof Judgement.Sound sound
                    ? sound.more().size()
                    : 0;
            String sentence = changed(draft)
                    + (warned == 0
                            ? ""
                            : " "
                                    + bench.texts()
                                            .counted(
                                                    "policies.apply.warned",
                                                    warned,
                                                    bench.formats().count(warned)));
            ask(
                    text("policies.apply.title", service),
                    sentence,
                    text("policies.apply.confirm"),
                    warned == 0 ? Question.Weight.USUAL : Question.Weight.DANGEROUS,
                    reason -> model.apply(reason, feedback.telling(text("policies.apply.done", service), reason)));
        });
    }

    private String changed(Draft draft) {
        List<String> difference = draft.changes();
        long come = difference.stream().filter(line -> line.startsWith("+")).count();
        long go = difference.stream().filter(line -> line.startsWith("-")).count();
        return text(
                "policies.apply.sentence",
                bench.formats().count(come),
                bench.formats().count(go),
                draft.base().service());
    }

    private void undo() {
        model.open().get().ifPresent(draft -> {
            String service = draft.base().service();
            bench.shell()
                    .overlays()
                    .ask(
                            new Question(
                                    text("policies.undo.title", service),
                                    text("policies.undo.sentence", service),
                                    text("policies.undo.confirm"),
                                    "fth-rotate-ccw",
                                    Question.Weight.USUAL,
                                    Question.Reason.NOT_ASKED),
                            reason -> model.undo(feedback.telling(text("policies.undo.done", service), "")));
        });
    }

    private void ask(String question, String sentence, String confirm, Question.Weight weight, Consumer<String> then) {
        bench.shell()
                .overlays()
                .ask(new Question(question, sentence, confirm, "fth-check", weight, Question.Reason.REQUIRED), then);
    }

    private void copy() {
        model.open()
                .get()
                .ifPresent(draft -> feedback.copied(
                        parts.valueProperty().get() == Part.HISTORY
                                ? "signalbox history " + draft.base().service()
                                : "signalbox get policies -o yaml"));
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
