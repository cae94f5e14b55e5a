package io.signalbox.console.services;

import io.signalbox.console.screen.Feedback;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus;

/** Drains and stops instances, after a question that says what moves; puts them back without one. */
final class InstanceActions {

    private final ServicesViewModel model;
    private final Workbench bench;
    private final Feedback feedback;

    InstanceActions(ServicesViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        feedback = new Feedback(bench);
    }

    void drain(InstanceRow row, Switch draining) {
        switch (draining) {
            case OFF ->
                model.setDraining(
                        row, Switch.OFF, "", feedback.telling(text("services.back.done", row.instanceId()), ""));
            case ON -> {
                long others = model.othersServing(row);
                Question question = new Question(
                        text("services.drain.title", row.instanceId()),
                        moves(row, others) + " " + text("services.drain.rest", inFlight(row)),
                        text("services.drain.confirm"),
                        "fth-pause",
                        others == 0 ? Question.Weight.DANGEROUS : Question.Weight.USUAL,
                        Question.Reason.REQUIRED);
                bench.shell()
                        .overlays()
                        .ask(
                                question,
                                reason -> model.setDraining(
                                        row,
                                        Switch.ON,
                                        reason,
                                        feedback.telling(text("services.drain.done", row.instanceId()), reason)));
            }
        }
    }

    void process(InstanceRow row, Switch position) {
        switch (position) {
            case ON ->
                model.switchInstance(
                        row, Switch.ON, feedback.telling(text("services.start.done", row.instanceId()), ""));
            case OFF -> {
                Question question = new Question(
                        text("services.stop.title", row.instanceId()),
                        moves(row, model.othersServing(row)) + " " + text("services.stop.rest", inFlight(row)),
                        text("services.stop.confirm"),
                        "fth-x",
                        Question.Weight.DANGEROUS,
                        Question.Reason.NOT_ASKED);
                bench.shell()
                        .overlays()
                        .ask(
                                question,
                                reason -> model.switchInstance(
                                        row,
                                        Switch.OFF,
                                        feedback.telling(text("services.stop.done", row.instanceId()), "")));
            }
        }
    }

    private String moves(InstanceRow row, long others) {
        InstanceStatus now = row.current();
        String rate = bench.formats().requestRate(now.stats().requestsPerSecond());
        return others == 0
                ? text("services.moves.nowhere", rate, row.service())
                : bench.texts()
                        .counted("services.moves", others, rate, bench.formats().count(others), row.service());
    }

    private String inFlight(InstanceRow row) {
        return bench.formats().count(row.current().inFlight());
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
