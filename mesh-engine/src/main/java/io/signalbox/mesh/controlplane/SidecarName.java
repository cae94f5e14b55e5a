package io.signalbox.mesh.controlplane;

/** Names a sidecar. A service's token speaks for the service, so an instance's id alone names nobody. */
record SidecarName(String service, String instance) {

    @Override
    public String toString() {
        return service + "/" + instance;
    }
}
