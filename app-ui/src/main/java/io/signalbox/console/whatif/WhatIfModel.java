package io.signalbox.console.whatif;

import io.signalbox.console.control.Commands;
import io.signalbox.mesh.whatif.Question;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One question about a change at a time: a new one takes the place of the one before. Belongs to the user-interface thread. */
public final class WhatIfModel {

    private final Commands commands;
    private final ReadOnlyObjectWrapper<Asking> asking = new ReadOnlyObjectWrapper<>(new Asking.Idle());
    private long asked;

    public WhatIfModel(Commands commands) {
        this.commands = commands.questions();
    }

    public ReadOnlyObjectProperty<Asking> asking() {
        return asking.getReadOnlyProperty();
    }

    public void ask(Question question) {
        long number = ++asked;
        asking.set(new Asking.Awaited());
        commands.fetch(
                mesh -> mesh.requests().whatIf(question),
                answers -> settle(number, new Asking.Told(answers)),
                failed -> settle(number, new Asking.Failed(failed.message())));
    }

    /** What was asked is of no interest any more. */
    public void forget() {
        asked++;
        asking.set(new Asking.Idle());
    }

    private void settle(long number, Asking now) {
        if (number == asked) {
            asking.set(now);
        }
    }
}
