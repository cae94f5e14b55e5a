package io.signalbox.console.security;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.whatif.WhatIfWords;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.client.SeenCalls;
import io.signalbox.mesh.model.Authorization.Action;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes a rule out of one press: it is drafted, checked, asked about with what it would do, and put in force. */
final class RulePress {

    private final SecurityViewModel model;
    private final Workbench bench;
    private final SecurityWords words;
    private final Feedback feedback;

    RulePress(SecurityViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        this.words = new SecurityWords(bench.texts());
        this.feedback = new Feedback(bench);
    }

    /** Lets a caller in, or keeps it out, whatever it asks. */
    void caller(Access access, Action action) {
        press(new RuleDraft.Wish(access.service(), access.source(), action, "", ""));
    }

    void caller(SeenCalls calls) {
        press(new RuleDraft.Wish(calls.service(), calls.source(), Action.ALLOW, "", ""));
    }

    /** Lets a caller do what it was last denied, and no more. */
    void call(SeenCalls calls) {
        press(new RuleDraft.Wish(calls.service(), calls.source(), Action.ALLOW, calls.method(), calls.path()));
    }

    void openPolicy(String service) {
        bench.shell().open(ScreenId.POLICIES, service);
    }

    void undo(RuleDraft draft) {
        ask(
                bench.texts().get("security.undo.title", draft.rule().name(), draft.service()),
                bench.texts().get("security.undo.sentence"),
                bench.texts().get("security.undo.confirm"),
                Question.Weight.USUAL,
                reason -> model.undo(
                        draft,
                        reason,
                        feedback.telling(
                                bench.texts()
                                        .get("security.undo.done", draft.rule().name()),
                                reason)));
    }

    private void press(RuleDraft.Wish wish) {
        model.draft(wish, draft -> ask(wish, draft), feedback.onFailure());
    }

    private void ask(RuleDraft.Wish wish, RuleDraft draft) {
        String asked =
                wish.path().isEmpty() ? bench.texts().get("security.everything") : wish.method() + " " + wish.path();
        String sentence = bench.texts()
                .get(
                        "security.rule.sentence." + wish.action().wireName(),
                        words.caller(wish.source()),
                        asked,
                        wish.service());
        String warned = draft.warnings().isEmpty()
                ? ""
                : " " + bench.texts().get("security.rule.warned", String.join("; ", draft.warnings()));
        String whatIf = draft.whatIf()
                .map(answer -> " " + new WhatIfWords(bench.texts(), bench.formats()).sentence(answer))
                .orElse("");
        String verb = wish.action().wireName().toLowerCase(Locale.ROOT);
        ask(
                bench.texts().get("security.rule.title." + verb, words.caller(wish.source()), wish.service()),
                sentence + warned + whatIf,
                bench.texts().get("security.rule.confirm." + verb),
                wish.action() == Action.DENY || !draft.warnings().isEmpty()
                        ? Question.Weight.DANGEROUS
                        : Question.Weight.USUAL,
                reason -> model.apply(
                        draft,
                        reason,
                        feedback.telling(
                                bench.texts()
                                        .get("security.rule.done", draft.rule().name(), wish.service()),
                                reason)));
    }

    private void ask(String title, String sentence, String confirm, Question.Weight weight, Consumer<String> then) {
        bench.shell()
                .overlays()
                .ask(new Question(title, sentence, confirm, "fth-shield", weight, Question.Reason.REQUIRED), then);
    }
}
