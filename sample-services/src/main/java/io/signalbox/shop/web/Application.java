package io.signalbox.shop.web;

/** What answers the calls to one instance. Called from many virtual threads at once; may block. */
@FunctionalInterface
public interface Application {

    /**
     * Answers one call.
     *
     * @throws Refusal to answer with a problem document instead
     */
    Reply answer(Call call);
}
