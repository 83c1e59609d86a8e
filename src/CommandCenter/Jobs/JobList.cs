namespace CommandCenter.Jobs;

/// <summary>All jobs that slices registered, by name.</summary>
internal sealed class JobList
{
    private readonly SortedDictionary<string, JobRegistration> _byName = new(StringComparer.Ordinal);

    public JobList(IEnumerable<JobRegistration> registrations)
    {
        foreach (var registration in registrations)
        {
            var name = registration.Plan.Name;
            if (name.Length is 0 or > 60 || name.Any(c => !char.IsAsciiLetterLower(c) && c != '-') || name == "runs")
            {
                throw new InvalidOperationException($"'{name}' is no name of a job: lower-case letters and hyphens, and not 'runs'.");
            }

            _byName.Add(name, registration);
        }
    }

    public IReadOnlyCollection<JobRegistration> All => _byName.Values;

    public JobRegistration? Find(string name) => _byName.GetValueOrDefault(name);
}
