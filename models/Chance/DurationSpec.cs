namespace IotMqtt.Models.Chance;

/// <summary>How long something takes: always the same, uniform in a range, or normal (cut off at zero). DESIGN section 6.</summary>
public abstract record DurationSpec
{
    private DurationSpec()
    {
    }

    /// <summary>The mean, for plans.</summary>
    public abstract TimeSpan Mean { get; }

    /// <summary>One duration.</summary>
    /// <param name="chance">Where the chance comes from; not asked by <see cref="Fixed"/>.</param>
    internal abstract TimeSpan Sample(ref SeededChance chance);

    /// <summary>Always the same: <c>500ms</c>.</summary>
    public sealed record Fixed(TimeSpan Value) : DurationSpec
    {
        /// <inheritdoc/>
        public override TimeSpan Mean => Value;

        /// <inheritdoc/>
        internal override TimeSpan Sample(ref SeededChance chance) => Value;
    }

    /// <summary>Uniform: <c>300ms..1s</c>.</summary>
    public sealed record Uniform(TimeSpan Min, TimeSpan Max) : DurationSpec
    {
        /// <inheritdoc/>
        public override TimeSpan Mean => (Min + Max) / 2;

        /// <inheritdoc/>
        internal override TimeSpan Sample(ref SeededChance chance) => Min + ((Max - Min) * chance.NextDouble());
    }

    /// <summary>Normal: <c>{ normal: { mean: 500ms, sd: 100ms } }</c>.</summary>
    public sealed record Normal(TimeSpan MeanValue, TimeSpan StandardDeviation) : DurationSpec
    {
        /// <inheritdoc/>
        public override TimeSpan Mean => MeanValue;

        /// <inheritdoc/>
        internal override TimeSpan Sample(ref SeededChance chance)
        {
            var sampled = MeanValue + (StandardDeviation * chance.NextNormal());
            return sampled < TimeSpan.Zero ? TimeSpan.Zero : sampled;
        }
    }
}
