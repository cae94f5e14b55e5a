package io.signalbox.mesh.store;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Conditions on what keys hold, and what to write when all of them hold; each key is written once at most. */
public record Transaction(List<Condition> conditions, List<Step> steps) {

    public static final Transaction EMPTY = new Transaction(List.of(), List.of());

    public Transaction {
        conditions = List.copyOf(conditions);
        steps = List.copyOf(steps);
        Set<String> written = new HashSet<>();
        for (Step step : steps) {
            InvalidValueException.unless(
                    written.add(step.key()), "key", step.key(), "a key that the transaction writes once");
        }
    }

    /**
     * The key was written last by that revision.
     *
     * @param modified 0 for a key that holds nothing
     */
    public record Condition(String key, long modified) {

        public Condition {
            Keys.require(key);
            InvalidValueException.unless(modified >= 0, "modified", modified, ">= 0");
        }
    }

    /** One thing to write. */
    public sealed interface Step {

        String key();

        /** The key holds that text from now on, and hangs on that lease or on none. */
        record Put(String key, String value, OptionalLong lease) implements Step {
            public Put {
                Keys.require(key);
            }
        }

        /** The key holds nothing from now on; it may hold nothing before. */
        record Delete(String key) implements Step {
            public Delete {
                Keys.require(key);
            }
        }
    }

    public Transaction when(String key, long modified) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(key, modified));
        return new Transaction(more, steps);
    }

    public Transaction put(String key, String value) {
        return with(new Step.Put(key, value, OptionalLong.empty()));
    }

    public Transaction put(String key, String value, long lease) {
        return with(new Step.Put(key, value, OptionalLong.of(lease)));
    }

    public Transaction delete(String key) {
        return with(new Step.Delete(key));
    }

    /** Both, as one. */
    public Transaction and(Transaction other) {
        List<Condition> allConditions = new ArrayList<>(conditions);
        allConditions.addAll(other.conditions);
        List<Step> allSteps = new ArrayList<>(steps);
        allSteps.addAll(other.steps);
        return new Transaction(allConditions, allSteps);
    }

    private Transaction with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Transaction(conditions, more);
    }
}
