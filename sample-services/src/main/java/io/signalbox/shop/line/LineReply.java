package io.signalbox.shop.line;

/** What follows a line that was asked. */
public sealed interface LineReply {

    /** One line of answer; the connection stays. */
    record Line(String text) implements LineReply {}

    /** One line of answer, and the connection is closed. */
    record Last(String text) implements LineReply {}

    /** An answer that breaks off: the beginning is sent, then the connection is reset. */
    record Cut(String beginning) implements LineReply {}
}
