package io.signalbox.console.rollouts;

import io.signalbox.console.control.Outcome;
import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.whatif.Asking;
import io.signalbox.console.whatif.WhatIfModel;
import io.signalbox.console.whatif.WhatIfView;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.FieldError;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Asks which service is to be rolled out, to which version and how, and says what will happen; what is left empty is the
 * policy's word.
 */
final class StartDialog extends VBox {

    private final RolloutsViewModel model;
    private final Workbench bench;
    private final StartWords words;
    private final List<Candidates> choices;
    private final StartVersions versions;
    private final Segmented<StartKind> kind;
    private final Map<StartKind, StartForm> forms = new EnumMap<>(StartKind.class);
    private final Label sentence = RolloutPane.wrapped("mesh-muted");
    private final Label says = RolloutPane.wrapped();
    private final Label first = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final TextField reason = new TextField();
    private final FieldError refused = new FieldError(reason);
    private final MeshButton start;
    private final MeshButton ask;
    private final WhatIfModel whatIf;
    private Optional<StartGround.PolicyInForce> policy = Optional.empty();
    private Optional<Start> ready = Optional.empty();
    private final MeshButton again;
    private String unread = "";
    private String failure = "";
    private long read;
    private boolean filling;
    private boolean kindChosen;

    StartDialog(RolloutsViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        words = new StartWords(bench);
        choices = model.candidates().get();
        versions = new StartVersions(bench.texts(), choices);
        kind = new Segmented<>(Arrays.stream(StartKind.values())
                .map(one -> Segmented.Choice.of(one, text("rollouts.start.kind." + one.id())))
                .toList());
        kind.setId("rollouts-start-kind");
        forms.put(StartKind.CANARY, new StartCanaryForm(bench));
        forms.put(StartKind.BLUE_GREEN, new StartBlueGreenForm(bench));
        forms.put(StartKind.AB_TEST, new StartAbForm(bench, this::edited));
        start = new MeshButton(MeshButton.Kind.PRIMARY, text("rollouts.start.confirm"), "fth-play")
                .onPress(this::start);
        whatIf = new WhatIfModel(bench.commands());
        ask = new MeshButton(MeshButton.Kind.SECONDARY, text("whatif.ask"), "fth-help-circle").onPress(this::whatIf);
        again = new MeshButton(MeshButton.Kind.SECONDARY, text("rollouts.failed.again")).onPress(this::read);
        again.managedProperty().bind(again.visibleProperty());
        getStyleClass().addAll("mesh-dialog", "rollouts-start");
        setId("rollouts-start");
        Label title = new Label(text("rollouts.start.title"));
        title.getStyleClass().add("mesh-h2");
        MeshButton cancel = new MeshButton(MeshButton.Kind.SECONDARY, text("dialog.cancel"))
                .onPress(bench.shell().overlays()::closeCard);
        HBox buttons = new HBox(cancel);
        buttons.getStyleClass().add("mesh-buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        sentence.setText(text("rollouts.start.nothing"));
        getChildren().addAll(title, sentence);
        setAccessibleText(title.getText());
        if (!choices.isEmpty()) {
            buttons.getChildren().addAll(ask, start);
            getChildren().addAll(body(), why());
            fill();
        }
        getChildren().add(buttons);
    }

    /** Where the focus starts. */
    Node first() {
        return choices.isEmpty() ? this : versions.service();
    }

    /** Always in sight, since nothing starts without it. */
    private VBox why() {
        reason.getStyleClass().add("mesh-reason");
        Label caption = new Label(text("dialog.reason"));
        caption.getStyleClass().add("mesh-caption");
        caption.setLabelFor(reason);
        reason.setAccessibleText(caption.getText());
        VBox why = new VBox(caption, reason, refused, again);
        why.getStyleClass().add("mesh-field");
        why.setMinHeight(USE_PREF_SIZE);
        return why;
    }

    private ScrollPane body() {
        says.getStyleClass().add("rollouts-start-says");
        first.managedProperty().bind(first.visibleProperty());
        first.visibleProperty().bind(whatIf.asking().map(asking -> !(asking instanceof Asking.Idle)));
        VBox fields = new VBox(kind, versions);
        fields.getChildren().addAll(forms.values());
        fields.getChildren().addAll(says, first, new WhatIfView(whatIf, bench));
        fields.getStyleClass().add("rollouts-start-fields");
        ScrollPane scrolled = Page.scrolling(fields);
        scrolled.setMinHeight(0);
        fields.heightProperty().subscribe(tall -> {
            scrolled.setPrefViewportHeight(tall.doubleValue());
            // the height is found in a layout, in which the dialog does not hear that it may be taller
            bench.scheduler().schedule(Duration.ofMillis(1), this::requestLayout);
        });
        VBox.setVgrow(scrolled, Priority.ALWAYS);
        return scrolled;
    }

    private void fill() {
        kind.valueProperty().subscribe(now -> {
            forms.forEach((of, form) -> form.setVisible(of == now));
            versions.name(now);
            edited();
        });
        kind.valueProperty().subscribe((before, now) -> kindChosen |= !filling);
        versions.changed().subscribe(now -> {
            failure = "";
            follow();
        });
        versions.service().valueProperty().subscribe((before, now) -> {
            failure = "";
            read();
        });
        versions.choose(model.chosen().get().map(rollout -> rollout.service()));
        forms.values().forEach(form -> form.typed().forEach(this::listen));
        listen(reason);
    }

    private void listen(TextField typed) {
        typed.textProperty().subscribe((before, now) -> edited());
        typed.setOnAction(event -> start.fire());
    }

    /** Asks what the policy of the service says, which fills what is left empty. */
    private void read() {
        long number = ++read;
        policy = Optional.empty();
        unread = "";
        check();
        model.policy(
                versions.service().getValue(),
                told -> {
                    if (number == read) {
                        take(told);
                    }
                },
                failed -> {
                    if (number == read) {
                        unread = failed.message();
                        check();
                    }
                });
    }

    private void take(PolicyText told) {
        try {
            policy = Optional.of(StartGround.PolicyInForce.of(told));
            suggest();
            follow();
        } catch (InvalidDocumentException | InvalidValueException unreadable) {
            unread = String.valueOf(unreadable.getMessage());
            check();
        }
    }

    /** The kind that the policy is written for, unless somebody has chosen one. */
    private void suggest() {
        if (!kindChosen) {
            filling = true;
            ground().ifPresent(ground ->
                    kind.valueProperty().set(StartKind.of(ground.policy().splitting())));
            filling = false;
        }
    }

    private Optional<StartGround> ground() {
        return policy.flatMap(now ->
                versions.chosen().map(pair -> StartGround.of(now, pair.service(), pair.stable(), pair.candidate())));
    }

    private void follow() {
        filling = true;
        try {
            ground().ifPresent(ground -> forms.values().forEach(form -> form.follow(ground)));
        } catch (InvalidValueException unfit) {
            // said by check, which meets it as well
            ready = Optional.empty();
        } finally {
            filling = false;
        }
        check();
    }

    /** What the mesh said to the press before is not about this any more. */
    private void edited() {
        if (!filling) {
            failure = "";
            check();
        }
    }

    private void check() {
        if (filling) {
            return;
        }
        whatIf.forget();
        ready = Optional.empty();
        refused.say(failure.isEmpty() ? unread : failure);
        again.setVisible(!unread.isEmpty());
        StartForm form = form();
        String wrong = form.check();
        Optional<StartGround> ground = ground();
        if (!wrong.isEmpty() || ground.isEmpty()) {
            say("", false);
            block(wrong.isEmpty() ? unread.isEmpty() ? text("rollouts.start.reading") : unread : wrong);
        } else {
            judge(form, ground.get());
        }
        boolean kept = ready.filter(whole -> whole instanceof Start.Compares its && !its.changesPolicy())
                .isPresent();
        sentence.setText(text("rollouts.start.sentence."
                + (kept ? "ab.kept" : kind.valueProperty().get().id())));
    }

    private void judge(StartForm form, StartGround ground) {
        try {
            Start whole = form.read(ground);
            String refusal = refusal(whole);
            ready = refusal.isEmpty() ? Optional.of(whole) : Optional.empty();
            say(refusal.isEmpty() ? says(whole) : refusal, !refusal.isEmpty());
            block(refusal);
        } catch (InvalidValueException unfit) {
            StartRefusal refusal = form.refusal(unfit);
            switch (refusal) {
                case StartRefusal.Missing(String why) -> say(why, false);
                case StartRefusal.Beside _ -> say("", false);
                case StartRefusal.Unfit(String why) -> say(why, true);
            }
            block(refusal.why());
        }
    }

    private void say(String text, boolean refusal) {
        says.setText(text);
        says.setVisible(!text.isEmpty());
        says.getStyleClass().remove("mesh-danger-text");
        if (refusal) {
            says.getStyleClass().add("mesh-danger-text");
        }
    }

    private void block(String why) {
        ask.blockedReasonProperty().set(why);
        start.blockedReasonProperty()
                .set(!why.isEmpty() ? why : reason.getText().isBlank() ? text("dialog.reason.missing") : "");
    }

    private String says(Start whole) {
        String queued = versions.chosen()
                .flatMap(pair -> model.active(pair.service().service()))
                .map(before ->
                        " " + text("rollouts.start.says.queued", bench.formats().count(before.number())))
                .orElse("");
        return words.says(whole) + queued;
    }

    /** Why this kind cannot be had of this policy now; empty when it can. */
    private String refusal(Start whole) {
        return switch (whole) {
            case Start.Moves moves ->
                moves.plan().isAtOnce() && kind.valueProperty().get() == StartKind.CANARY
                        ? text(
                                "rollouts.start.at-once",
                                moves.ground().service(),
                                moves.ground().candidate())
                        : "";
            case Start.Compares compares ->
                compares.changesPolicy() ? refusalToWrite(compares.ground().service()) : "";
        };
    }

    /** Why the policy of a service cannot be changed for a test that begins at once; empty when it can. */
    private String refusalToWrite(String service) {
        if (bench.shell().environment() != ConnectionChip.Environment.DEV) {
            return text("rollouts.start.ab.waits", service);
        }
        return model.active(service)
                .map(before -> text("rollouts.start.ab.busy", bench.formats().count(before.number()), before.service()))
                .orElse("");
    }

    private StartForm form() {
        StartForm form = forms.get(kind.valueProperty().get());
        if (form == null) {
            throw new IllegalStateException("kind: " + kind.valueProperty().get() + " (expected: one with a form)");
        }
        return form;
    }

    private void whatIf() {
        ready.ifPresent(whole -> {
            first.setText(words.first(whole));
            whatIf.ask(whole.first());
        });
    }

    private void start() {
        ready.ifPresent(whole -> {
            String why = reason.getText().strip();
            StartVersions.Pair pair = versions.chosen().orElseThrow();
            String done = text(
                    "rollouts.start.done." + kind.valueProperty().get().id(),
                    pair.service().service(),
                    pair.candidate(),
                    pair.stable());
            edited();
            start.busyProperty().set(true);
            model.start(whole, why, bench.texts(), outcome -> {
                start.busyProperty().set(false);
                ended(outcome, done, why);
            });
        });
    }

    /** Tells it here while this is still looked at, and by the way when it was left meanwhile. */
    private void ended(Outcome outcome, String done, String why) {
        boolean left = getScene() == null;
        if (outcome instanceof Outcome.Failed(var _, String message) && !left) {
            failure = message;
            read();
            return;
        }
        if (!left) {
            bench.shell().overlays().closeCard();
        }
        new Feedback(bench).telling(done, why).accept(outcome);
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
