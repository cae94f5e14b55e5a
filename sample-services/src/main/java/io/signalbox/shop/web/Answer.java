package io.signalbox.shop.web;

/** What a called service answered; never a server error, which is a {@link NeighbourFailure}. */
public record Answer(String service, int status, String body) {

    /** The body of a success, as a record of that type; other answers are passed on as a refusal. */
    public <T> T as(Class<T> type) {
        return Json.read(orRefuse().body, type);
    }

    /** This answer if it is a success; otherwise refuses the call in hand with the same status. */
    public Answer orRefuse() {
        if (status >= 400) {
            throw new Refusal(status, service + " refused: " + status);
        }
        return this;
    }
}
