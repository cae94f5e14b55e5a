package io.signalbox.mesh.proxy.conformance;

import java.util.List;

/**
 * What a caller got for one request.
 *
 * @param interim the answers with a status below 200 that came before
 * @param complete whether the message ended as its framing says
 */
record Answer(Message message, List<Message> interim, boolean complete) {

    Answer {
        interim = List.copyOf(interim);
    }

    int status() {
        return message.status();
    }

    /** The number that the application gave the request, or 0 when the answer is not the application's ordinary one. */
    int seen() {
        List<String> serial = message.all("X-Seen");
        return serial.size() == 1 ? Integer.parseInt(serial.getFirst()) : 0;
    }

    @Override
    public String toString() {
        return (interim.isEmpty() ? "" : interim + " then ") + message + (complete ? "" : " (broken off)");
    }
}
