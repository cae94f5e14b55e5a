package io.signalbox.mesh.proxy.conformance;

import java.util.List;

/** A request or an answer as strictly read; the body has one character for each byte. */
record Message(String startLine, List<Field> fields, String body, List<Field> trailers) {

    Message {
        fields = List.copyOf(fields);
        trailers = List.copyOf(trailers);
    }

    String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    String target() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    List<String> all(String name) {
        return Field.all(fields, name);
    }

    Message with(String newBody, List<Field> newTrailers) {
        return new Message(startLine, fields, newBody, newTrailers);
    }

    @Override
    public String toString() {
        return Wire.shown(startLine) + " " + fields + " body=" + Wire.shown(body)
                + (trailers.isEmpty() ? "" : " trailers=" + trailers);
    }
}
