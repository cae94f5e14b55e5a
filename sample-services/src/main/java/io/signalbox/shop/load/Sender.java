package io.signalbox.shop.load;

import java.util.function.IntConsumer;

/** Sends a shopper's request without blocking. */
@FunctionalInterface
interface Sender {

    /** @param ended told the answer's status once, from any thread; 0 when there was no answer */
    void send(Visit visit, IntConsumer ended);
}
