-- Questions to an archive, for a table `flows` of flow records (duck.py makes one).

-- What is it, in how many flows, with how many packets?
SELECT icwscan.verdict.class, icwscan.verdict.application, count(*) AS flows, sum(network.packets) AS packets
FROM flows GROUP BY ALL ORDER BY flows DESC;

-- Was there ever Internet Call Waiting, and between whom?
SELECT "@timestamp", source.ip, destination.ip, icwscan.verdict.class FROM flows
WHERE icwscan.verdict.class IN ('genuine-kpn-icw', 'icw-family', 'consistent-with-icw') ORDER BY 1;

-- Which servers had real traffic, from how many clients, and when?
SELECT destination.ip, count(DISTINCT source.ip) AS clients, min("@timestamp") AS first, max(event."end") AS last
FROM flows WHERE icwscan.verdict.class = 'other-application' GROUP BY ALL ORDER BY clients DESC LIMIT 20;

-- Flows and bytes a day.
SELECT left("@timestamp", 10) AS day, count(*) AS flows, sum(network.bytes) AS bytes FROM flows GROUP BY day ORDER BY day;

-- Payload that nobody can name, by its first bytes.
SELECT icwscan.fingerprint.client.hex AS begins, count(*) AS flows FROM flows
WHERE icwscan.fingerprint IS NOT NULL GROUP BY begins ORDER BY flows DESC;

-- Flows that go over several files.
SELECT network.community_id, len(icwscan.files) AS files FROM flows WHERE len(icwscan.files) > 1;
