package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Draws the versions of one service with their instances. */
final class VersionsPicture {

    private final String service;
    private final TrafficSums traffic;
    private final double seconds;
    private final RunStates runStates;
    private final List<VersionStatus> statuses = new ArrayList<>();
    private int instances;
    private int serving;
    private boolean anySlow;

    VersionsPicture(
            String service, List<Membership.Member> members, TrafficSums traffic, double seconds, RunStates runStates) {
        this.service = service;
        this.traffic = traffic;
        this.seconds = seconds;
        this.runStates = runStates;
        TreeMap<String, List<Membership.Member>> byVersion = new TreeMap<>();
        members.forEach(member -> byVersion
                .computeIfAbsent(member.instance().version(), _ -> new ArrayList<>())
                .add(member));
        byVersion.forEach((version, its) -> statuses.add(version(version, its)));
    }

    List<VersionStatus> statuses() {
        return statuses;
    }

    ServiceHealth health(TrafficStats stats) {
        return HealthRules.ofGroup(stats, instances, serving, anySlow);
    }

    private VersionStatus version(String version, List<Membership.Member> members) {
        List<TrafficStats> stats = members.stream().map(this::stats).toList();
        List<InstanceStatus> drawn = new ArrayList<>();
        boolean slowHere = false;
        int servingHere = 0;
        for (int i = 0; i < members.size(); i++) {
            Membership.Member member = members.get(i);
            TrafficStats own = stats.get(i);
            boolean slow = HealthRules.isJudged(own) && HealthRules.slow(own, others(stats, i));
            slowHere |= slow;
            servingHere += member.serving() == InstanceStatus.Serving.SERVING ? 1 : 0;
            drawn.add(instance(member, own, slow));
        }
        instances += members.size();
        serving += servingHere;
        anySlow |= slowHere;
        drawn.sort(Comparator.comparing(status -> status.instance().instanceId()));
        TrafficStats all = traffic.toVersion(service, version).stats(seconds);
        return new VersionStatus(version, HealthRules.ofGroup(all, members.size(), servingHere, slowHere), all, drawn);
    }

    private static List<TrafficStats> others(List<TrafficStats> stats, int own) {
        List<TrafficStats> others = new ArrayList<>(stats);
        TrafficStats _ = others.remove(own);
        return others;
    }

    private TrafficStats stats(Membership.Member member) {
        return traffic.toInstance(service, member.instance().instanceId()).stats(seconds);
    }

    private InstanceStatus instance(Membership.Member member, TrafficStats stats, boolean slow) {
        String id = member.instance().instanceId();
        return new InstanceStatus(
                member.instance(),
                HealthRules.ofInstance(stats, member.instance().health(), slow),
                member.serving(),
                runStates.of(id),
                stats,
                traffic.toInstance(service, id).inFlight());
    }
}
