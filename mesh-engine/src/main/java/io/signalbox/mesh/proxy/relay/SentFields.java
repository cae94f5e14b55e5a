package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.Target;

/** A request's fields as one attempt sends them. */
final class SentFields {

    private SentFields() {}

    /**
     * Those given may serve a further attempt and stay as they are.
     *
     * @param switching whether the attempt may end HTTP on its connection; else nobody is to be asked to
     */
    static Fields of(Fields given, boolean switching, Target target) {
        boolean wish = !switching && given.has("Upgrade");
        boolean nameless = !given.has("Host");
        if (!wish && !nameless) {
            return given;
        }
        Fields fit = given.copy();
        if (wish) {
            fit.remove("Upgrade");
        }
        if (nameless) {
            String host = target.host();
            fit.add("Host", (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + target.port());
        }
        return fit;
    }
}
