package io.signalbox.console.history;

import io.signalbox.console.screen.DiffView;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.PolicyChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One change looked at closely: who, when and why, the revisions before and after, its lines, and the way back. */
final class ChangePane extends VBox {

    private final HistoryViewModel model;
    private final Workbench bench;
    private final Feedback feedback;
    private final Label title = new Label();
    private final Label said = new Label();
    private final Label way = new Label();
    private final FlowPane revisions = new FlowPane();
    private final DiffView difference;
    private final MeshButton undo;
    private final MeshButton bringBack;
    private final MeshButton open;
    private String blocked = "";

    ChangePane(HistoryViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        feedback = new Feedback(bench);
        difference = new DiffView(bench);
        undo = new MeshButton(MeshButton.Kind.SECONDARY, text("policies.undo"), "fth-rotate-ccw").onPress(this::undo);
        bringBack = new MeshButton(MeshButton.Kind.SECONDARY, text("history.back"), "fth-skip-back")
                .onPress(this::bringBack);
        open = new MeshButton(MeshButton.Kind.QUIET, "", "fth-arrow-up-right").onPress(this::open);
        getStyleClass().add("history-pane");
        title.getStyleClass().add("mesh-h2");
        title.setMinWidth(0);
        title.setWrapText(true);
        said.getStyleClass().add("mesh-muted");
        said.setWrapText(true);
        way.getStyleClass().addAll("mesh-small", "mesh-muted");
        way.setWrapText(true);
        revisions.getStyleClass().add("history-revisions");
        revisions.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(title, Priority.ALWAYS);
        for (MeshButton button : List.of(undo, bringBack, open)) {
            button.managedProperty().bind(button.visibleProperty());
            button.setMinWidth(USE_PREF_SIZE);
        }
        HBox head = new HBox(title, Page.space(), open, undo, bringBack);
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.TOP_LEFT);
        VBox.setVgrow(difference, Priority.ALWAYS);
        difference.setMinHeight(0);
        setMinWidth(0);
        getChildren().addAll(head, said, revisions, way, difference);
        getChildren().forEach(child -> child.managedProperty().bind(child.visibleProperty()));
        model.looked().subscribe(this::show);
    }

    /** @param why nothing can be changed now; empty while it can */
    void block(String why) {
        blocked = why;
        undo.blockedReasonProperty().set(why);
        bringBack.blockedReasonProperty().set(why);
    }

    /** Asks whether the chosen change is to be taken back, where that can be. */
    void undo() {
        story().filter(story -> story.way() == ChangeStory.Way.UNDO && blocked.isEmpty())
                .ifPresent(story -> {
                    String service = story.entry().subject();
                    ask(
                            text("policies.undo.title", service),
                            text("policies.undo.sentence", service),
                            text("policies.undo.confirm"),
                            reason -> model.undo(
                                    story, reason, feedback.telling(text("policies.undo.done", service), reason)));
                });
    }

    private void bringBack() {
        story().ifPresent(story -> {
            String service = story.entry().subject();
            String revision = number(story.after().orElseThrow());
            ask(
                    text("history.back.title", revision, service),
                    text(
                            "history.back.sentence",
                            revision,
                            number(story.history().getFirst()),
                            service),
                    text("history.back.confirm"),
                    reason -> model.bringBack(
                            story, reason, feedback.telling(text("history.back.done", revision, service), reason)));
        });
    }

    private void ask(String question, String sentence, String confirm, Consumer<String> then) {
        bench.shell()
                .overlays()
                .ask(
                        new Question(
                                question,
                                sentence,
                                confirm,
                                "fth-rotate-ccw",
                                Question.Weight.USUAL,
                                Question.Reason.REQUIRED),
                        then);
    }

    private void show(Looked now) {
        setVisible(!(now instanceof Looked.None));
        switch (now) {
            case Looked.None() -> {}
            case Looked.Asked(AuditEntry entry) -> head(entry, false);
            case Looked.Failed(AuditEntry entry, String why) -> {
                head(entry, true);
                way.setText(text("history.policy.failed", why));
                way.setVisible(true);
                revisions.setVisible(false);
                difference.show(
                        entry.change().lines().filter(line -> !line.isEmpty()).toList(), "");
            }
            case Looked.Told(ChangeStory story) -> tell(story);
        }
    }

    /** While its policy is asked for, what is shown of the same change stays. */
    private void head(AuditEntry entry, boolean settled) {
        title.setText(text("history.kind." + entry.kind().name().toLowerCase(Locale.ROOT), entry.subject()));
        said.setText(text(
                entry.reason().isEmpty() ? "history.said" : "history.said.because",
                entry.by(),
                bench.formats().dayAndClock(entry.at()),
                entry.reason()));
        Optional<ScreenId> screen = screen(entry);
        screen.ifPresent(id -> open.setText(text("history.open", text(id.titleKey()))));
        open.setVisible(screen.isPresent());
        undo.setVisible(false);
        bringBack.setVisible(false);
        if (settled) {
            revisions.getChildren().clear();
        }
    }

    private void tell(ChangeStory story) {
        head(story.entry(), true);
        ChangeStory.Way how = story.way();
        undo.setVisible(how == ChangeStory.Way.UNDO);
        bringBack.setVisible(how == ChangeStory.Way.BRING_BACK);
        story.after().ifPresent(after -> {
            bringBack.setText(text("history.back.to", number(after)));
            revisions
                    .getChildren()
                    .setAll(
                            Tag.plain(story.before()
                                    .map(before -> text("policies.revision", before.revision()))
                                    .orElseGet(() -> text("history.before.unkept"))),
                            new Label("→"),
                            Tag.plain(text("policies.revision", after.revision())));
            if (after.equals(story.history().getFirst())) {
                revisions.getChildren().add(Tag.accent(text("history.holds")));
            }
        });
        revisions.setVisible(!revisions.getChildren().isEmpty());
        way.setText(
                switch (how) {
                    case UNDO, BRING_BACK -> "";
                    case HOLDS -> text("policies.undo.all");
                    case NOT_KEPT -> text("history.unkept");
                    case ELSEWHERE ->
                        screen(story.entry())
                                .map(id -> text("history.elsewhere", text(id.titleKey())))
                                .orElseGet(() -> text("history.commands"));
                });
        way.setVisible(!way.getText().isEmpty());
        difference.show(story.difference(), text("history.same"));
    }

    private void open() {
        Optional.of(model.looked().get())
                .map(now -> switch (now) {
                    case Looked.None() -> Optional.<AuditEntry>empty();
                    case Looked.Asked(AuditEntry entry) -> Optional.of(entry);
                    case Looked.Failed(AuditEntry entry, String why) -> Optional.of(entry);
                    case Looked.Told(ChangeStory story) -> Optional.of(story.entry());
                })
                .flatMap(entry -> entry)
                .ifPresent(entry -> screen(entry).ifPresent(id -> bench.shell().open(id, entry.subject())));
    }

    /** Where such a change is made; empty for what commands alone do. */
    private static Optional<ScreenId> screen(AuditEntry entry) {
        return switch (entry.kind()) {
            case POLICY, CONFIRMATION -> Optional.of(ScreenId.POLICIES);
            case WEIGHTS -> Optional.of(ScreenId.TRAFFIC);
            case ROLLOUT -> Optional.of(ScreenId.ROLLOUTS);
            case BREAKER -> Optional.of(ScreenId.BREAKERS);
            case DRAIN, INSTANCE, ADOPTION -> Optional.of(ScreenId.SERVICES);
            case FAULT, LOAD -> Optional.of(ScreenId.FAULTS);
            case UNLOCK -> Optional.of(ScreenId.CONNECTIONS);
            case TOKEN, IDENTITY -> Optional.empty();
        };
    }

    private Optional<ChangeStory> story() {
        return model.looked().get() instanceof Looked.Told(ChangeStory story) ? Optional.of(story) : Optional.empty();
    }

    private String number(PolicyChange change) {
        return bench.formats().count(change.revision());
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
