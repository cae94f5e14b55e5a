package io.signalbox.mesh.proxy.http1;

/** What the HTTP/1.1 connections of one loop share. Belongs to that loop's thread. */
public final class Http1Codec {

    private final FieldLines lines = new FieldLines();
    private final RequestReader requests = new RequestReader(lines);
    private final AnswerReader answers = new AnswerReader(lines);

    FieldLines lines() {
        return lines;
    }

    RequestReader requests() {
        return requests;
    }

    AnswerReader answers() {
        return answers;
    }
}
