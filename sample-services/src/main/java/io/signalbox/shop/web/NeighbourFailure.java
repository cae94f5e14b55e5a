package io.signalbox.shop.web;

/** A service that was needed did not answer, or answered with a server error. */
public final class NeighbourFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NeighbourFailure(String service, String why) {
        super(service + " is unavailable: " + why, null, false, false);
    }
}
