package io.signalbox.console.traffic;

import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Protection;
import java.util.Optional;

/**
 * What a service's policy does to its traffic on purpose or to protect it, and what its mirror has shown.
 *
 * @param report empty while nothing has been compared, or nothing is to be
 */
record ServiceExperiments(
        String service, Experiments experiments, Protection protection, Optional<MirrorStatus> report) {

    boolean compares() {
        return experiments.mirror().filter(mirror -> mirror.diff().isPresent()).isPresent();
    }

    boolean asksTheSame(ServiceExperiments other) {
        return experiments.equals(other.experiments) && protection.equals(other.protection);
    }

    ServiceExperiments with(Optional<MirrorStatus> newest) {
        return new ServiceExperiments(service, experiments, protection, newest);
    }
}
