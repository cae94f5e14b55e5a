package io.signalbox.shop.line;

/** What answers the lines sent to one instance. Called from many virtual threads at once; may block. */
@FunctionalInterface
public interface LineService {

    /** Answers one line, which comes without its end. */
    LineReply answer(String line);
}
